package dev.javelin.cpu;

import dev.javelin.api.Format;
import dev.javelin.api.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.stream.IntStream;

/**
 * How rows of a format become a panel: a panel holds as many rows as a vector has lanes, and each lane of its vectors has 32
 * bits of its own row.
 *
 * <pre>
 *   a unit of a row, one or more blocks: word 0 | word 1 | …           a word is two halves of 16 bits of the blocks
 *   a unit of a panel:                   word 0 of each row | word 1 of each row | …
 *   a panel:                             all units along K; a matrix: one panel after the other
 * </pre>
 *
 * Nothing is lost and nothing added but zeros: blocks behind the end of a row, and rows behind the end of a matrix.
 */
final class PanelLayout {
    private static final ValueLayout.OfShort HALF = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt WORD = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Format format;
    private final int unitBlocks;

    /** For each word of a unit first its lower, then its upper half: at which byte of the unit it lies, -1 for zero. */
    private final int[] halves;

    private PanelLayout(Format format, int unitBlocks, int[] halves) {
        this.format = format;
        this.unitBlocks = unitBlocks;
        this.halves = halves;
    }

    /** Words that hold the bytes of a unit in their order; zeros fill up the last one. */
    static PanelLayout inOrder(Format format, int unitBlocks) {
        int bytes = unitBlocks * format.blockBytes();
        int halves = Math.ceilDiv(bytes, Integer.BYTES) * 2;
        return new PanelLayout(
                format,
                unitBlocks,
                IntStream.range(0, halves)
                        .map(half -> half * Short.BYTES < bytes ? half * Short.BYTES : -1)
                        .toArray());
    }

    /**
     * Two blocks that begin with a scale of 16 bits: both scales in the first word, then the rest of the first block, then
     * the rest of the second.
     */
    static PanelLayout scalesFirst(Format format) {
        int bytes = format.blockBytes();
        IntStream scales = IntStream.of(0, bytes);
        IntStream rests = IntStream.range(0, 2 * bytes / Short.BYTES)
                .map(half -> half * Short.BYTES)
                .filter(at -> at % bytes != 0);
        return new PanelLayout(format, 2, IntStream.concat(scales, rests).toArray());
    }

    Format format() {
        return format;
    }

    /** Words of a unit. */
    int words() {
        return halves.length / 2;
    }

    /** Elements of a unit. */
    int unitLength() {
        return unitBlocks * format.blockLength();
    }

    int unitBytes() {
        return unitBlocks * format.blockBytes();
    }

    /** Units of a row of {@code columns} elements. */
    int units(int columns) {
        return Math.ceilDiv(columns, unitLength());
    }

    /** Bytes of a panel. */
    long panelBytes(int columns, int lanes) {
        return (long) units(columns) * words() * Integer.BYTES * lanes;
    }

    /** Fills the panel at {@code at}, which holds zeros, with {@code rows} rows of the tensor. */
    void pack(Tensor tensor, long firstRow, int rows, MemorySegment panel, long at, int lanes) {
        for (int lane = 0; lane < rows; lane++) {
            packRow(
                    tensor.data(),
                    (firstRow + lane) * tensor.rowStride(),
                    tensor.rowBytes(),
                    panel,
                    at + (long) lane * Integer.BYTES,
                    lanes);
        }
    }

    private void packRow(MemorySegment row, long rowAt, long rowBytes, MemorySegment panel, long at, int lanes) {
        int unitBytes = unitBytes();
        long wordStride = (long) lanes * Integer.BYTES;
        long to = at;
        for (long unit = 0; unit < rowBytes; unit += unitBytes) {
            int bytes = (int) Math.min(unitBytes, rowBytes - unit);
            for (int half = 0; half < halves.length; half += 2, to += wordStride) {
                int low = half(row, rowAt + unit, halves[half], bytes);
                int high = half(row, rowAt + unit, halves[half + 1], bytes);
                panel.set(WORD, to, low | high << Short.SIZE);
            }
        }
    }

    private static int half(MemorySegment row, long unit, int at, int bytes) {
        return at < 0 || at >= bytes ? 0 : Short.toUnsignedInt(row.get(HALF, unit + at));
    }

    /** The reverse of {@link #pack} for one unit of one row: {@code at} is the first word of its lane. */
    void unpack(MemorySegment panel, long at, int lanes, MemorySegment unit) {
        for (int half = 0; half < halves.length; half++) {
            if (halves[half] >= 0) {
                long word = at + (long) (half / 2) * lanes * Integer.BYTES;
                unit.set(HALF, halves[half], panel.get(HALF, word + half % 2 * (long) Short.BYTES));
            }
        }
    }
}
