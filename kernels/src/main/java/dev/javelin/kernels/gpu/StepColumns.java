package dev.javelin.kernels.gpu;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.javelin.api.Limits;
import dev.javelin.api.StateSpec;
import dev.javelin.api.Step;
import dev.javelin.api.StepColumn;
import dev.javelin.api.StepLayout;
import dev.javelin.kernels.device.Bytes;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a step on the device, laid out for the limits of the plan, whatever those of the step are. Counts and narrow
 * columns come first and go over in one copy; each wide column that kernels read follows with as many rows as the step has.
 * Bringing a step over leaves no garbage.
 */
final class StepColumns {
    private static final long COUNTS_BYTES = 5 * Integer.BYTES;

    /** A column that kernels read, and where its rows lie. */
    private record Place(StepColumn column, long offset, long rowBytes) {}

    /** Rows that go over on their own. */
    private record Wide(StepColumn column, int group, long offset, long rowBytes, HostBlock host) {}

    private final StepLayout layout;
    private final long alignment;
    private final Map<StepColumn, Long> offsets = new EnumMap<>(StepColumn.class);
    private final long narrowBytes;
    private final long bytes;
    private final List<Place> narrow = new ArrayList<>();
    private final List<Wide> wide = new ArrayList<>();

    StepColumns(Limits limits, @Nullable StateSpec states, long alignment) {
        this.layout = new StepLayout(limits, states);
        this.alignment = alignment;
        long end = Bytes.aligned(COUNTS_BYTES, alignment);
        for (StepColumn column : StepColumn.values()) {
            if (!isWide(column)) {
                end = place(column, end);
            }
        }
        this.narrowBytes = end;
        for (StepColumn column : StepColumn.values()) {
            if (isWide(column)) {
                end = place(column, end);
            }
        }
        this.bytes = end;
    }

    private long place(StepColumn column, long at) {
        offsets.put(column, at);
        long end = at;
        for (int table = 0; table < tables(column); table++) {
            end = Bytes.sum(end, tableBytes(column));
        }
        return end;
    }

    /** The block tables of each group begin where a kernel's memory may begin. */
    private int tables(StepColumn column) {
        StateSpec states = layout.states();
        return column != StepColumn.BLOCKS || states == null
                ? 1
                : states.groups().size();
    }

    private long tableBytes(StepColumn column) {
        long rows = column == StepColumn.BLOCKS ? layout.limits().sequences() : layout.rows(column);
        return Bytes.aligned(Math.max(1, Bytes.times(rows, layout.rowBytes(column))), alignment);
    }

    private static boolean isWide(StepColumn column) {
        return switch (column) {
            case BLOCKS, ALLOWED, VISIBLE, EMBEDDINGS -> true;
            default -> false;
        };
    }

    /** Bytes of all columns. */
    long bytes() {
        return bytes;
    }

    /** Where a column begins; from now on it is brought over. */
    long use(StepColumn column, HostBlock host) {
        long offset = offset(column, 0);
        if (isWide(column)) {
            useWide(column, 0, host);
        } else if (narrow.stream().noneMatch(place -> place.column() == column)) {
            narrow.add(new Place(column, offset, layout.rowBytes(column)));
        }
        return offset;
    }

    /** Where the block table of a group begins; from now on it is brought over. */
    long useTable(int group, HostBlock host) {
        useWide(StepColumn.BLOCKS, group, host);
        return offset(StepColumn.BLOCKS, group);
    }

    private void useWide(StepColumn column, int group, HostBlock host) {
        if (wide.stream().noneMatch(one -> one.column() == column && one.group() == group)) {
            long offset = offset(column, group);
            HostBlock part = host.part(offset, tableBytes(column));
            wide.add(new Wide(column, group, offset, layout.rowBytes(column), part));
        }
    }

    private long offset(StepColumn column, int group) {
        Long offset = offsets.get(column);
        return (offset == null ? 0 : offset) + group * tableBytes(column);
    }

    /** Enqueues bringing a step over. The step is free again when this returns, the block when the run has ended. */
    void bring(Step step, HostBlock host, GpuDriver driver, long memory) {
        counts(step, host.memory());
        for (int i = 0; i < narrow.size(); i++) {
            Place place = narrow.get(i);
            fill(step, place.column(), 0, host.memory(), place.offset(), place.rowBytes());
        }
        driver.write(memory, 0, host, narrowBytes);
        for (int i = 0; i < wide.size(); i++) {
            Wide one = wide.get(i);
            int rows = fill(step, one.column(), one.group(), one.host().memory(), 0, one.rowBytes());
            if (rows > 0 && one.rowBytes() > 0) {
                driver.write(memory, one.offset(), one.host(), rows * one.rowBytes());
            }
        }
    }

    private static void counts(Step step, MemorySegment to) {
        to.set(JAVA_INT, 0, step.tokens());
        to.set(JAVA_INT, 4, step.sequences());
        to.set(JAVA_INT, 8, step.outputs());
        to.set(JAVA_INT, 12, step.biases());
        to.set(JAVA_INT, 16, step.embeddings());
    }

    /** Copies the step's rows of a column, or of one group's block table; returns how many there are. */
    private int fill(Step step, StepColumn column, int group, MemorySegment to, long offset, long rowBytes) {
        int rows = layout.rows(column) == 0 ? 0 : rows(step, column);
        StepLayout theirs = step.layout();
        long stride = theirs.rowBytes(column);
        if (theirs.rows(column) == 0 || stride == 0) {
            for (long at = 0; at < rows * rowBytes; at += Integer.BYTES) {
                to.set(JAVA_INT, offset + at, 0); // nothing is masked, nothing is a tree
            }
            return rows;
        }
        long from = theirs.offset(column)
                + (column == StepColumn.BLOCKS
                        ? stride * group * theirs.limits().sequences()
                        : 0);
        if (stride == rowBytes) {
            MemorySegment.copy(step.memory(), from, to, offset, rows * rowBytes);
            return rows;
        }
        for (int row = 0; row < rows; row++) {
            MemorySegment.copy(
                    step.memory(), from + row * stride, to, offset + row * rowBytes, Math.min(stride, rowBytes));
        }
        return rows;
    }

    private static int rows(Step step, StepColumn column) {
        return switch (column) {
            case SOURCE, TOKEN, SEQUENCE, POSITION, KV_INDEX, VISIBLE -> step.tokens();
            case FIRST, COUNT, ADAPTER, TREE, BLOCKS -> step.sequences();
            case OUTPUT_TOKEN, WANTS, MASKED, ALLOWED -> step.outputs();
            case BIAS_ROW, BIAS_TOKEN, BIAS_VALUE -> step.biases();
            case EMBEDDINGS -> step.embeddings();
        };
    }
}
