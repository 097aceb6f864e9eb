package dev.javelin.api;

import org.jspecify.annotations.Nullable;

/**
 * Where the columns of a {@link Step} lie in its memory: each begins at a multiple of 64 bytes. Immutable.
 *
 * <p>A step may have been made for other limits than a plan it is run on. So whoever reads the columns takes all strides from
 * the step's own layout; {@link StepRules} sees to it that the counts and what the columns hold suit the plan.
 */
@SuppressWarnings("EnumOrdinal") // a table of its own, asked on every access to a step
public final class StepLayout {
    private static final long ALIGNMENT = 64;

    private final Limits limits;
    private final @Nullable StateSpec states;
    private final long[] offsets = new long[StepColumn.values().length];
    private final long[] rowBytes = new long[offsets.length];
    private final int[] rows = new int[offsets.length];
    private final long bytes;

    /**
     * The layout for steps within the limits.
     *
     * @param states the groups for which there are block tables, or null for none
     */
    public StepLayout(Limits limits, @Nullable StateSpec states) {
        this.limits = limits;
        this.states = states;
        try {
            this.bytes = place();
        } catch (ArithmeticException tooLarge) {
            throw new IllegalArgumentException(
                    "the columns of a step must fit 63 bits: limits=%s, states=%s".formatted(limits, states));
        }
    }

    private long place() {
        long end = 0;
        for (StepColumn column : StepColumn.values()) {
            int i = column.ordinal();
            offsets[i] = end;
            rows[i] = Math.toIntExact(rowsOf(column));
            rowBytes[i] = Integer.BYTES * numbersOf(column);
            long blocks = Math.ceilDiv(Math.multiplyExact(rows[i], rowBytes[i]), ALIGNMENT);
            end = Math.addExact(end, Math.multiplyExact(blocks, ALIGNMENT));
        }
        return end;
    }

    public Limits limits() {
        return limits;
    }

    /** Null if there are no block tables. */
    public @Nullable StateSpec states() {
        return states;
    }

    /** Bytes of all columns. */
    public long bytes() {
        return bytes;
    }

    /** Where the column begins. */
    public long offset(StepColumn column) {
        return offsets[column.ordinal()];
    }

    /** Rows that the column has room for. */
    public int rows(StepColumn column) {
        return rows[column.ordinal()];
    }

    /** Bytes of one row of the column; a row is one number but for the wide columns. */
    public long rowBytes(StepColumn column) {
        return rowBytes[column.ordinal()];
    }

    /** Where a number of a column lies; refuses places outside the column. */
    long at(StepColumn column, int row, int index) {
        int i = column.ordinal();
        long within = (long) index * Integer.BYTES;
        if (row < 0 || row >= rows[i] || within < 0 || within >= rowBytes[i]) {
            throw new IllegalArgumentException(
                    "the step has no such place: column=%s, row=%d, rows=%d, index=%d, rowLength=%d"
                            .formatted(column, row, rows[i], index, rowBytes[i] / Integer.BYTES));
        }
        return offsets[i] + row * rowBytes[i] + within;
    }

    private long rowsOf(StepColumn column) {
        return switch (column) {
            case SOURCE, TOKEN, SEQUENCE, POSITION, KV_INDEX -> limits.tokens();
            case FIRST, COUNT, ADAPTER, TREE -> limits.sequences();
            case BLOCKS -> states == null ? 0 : (long) states.groups().size() * limits.sequences();
            case OUTPUT_TOKEN, WANTS -> limits.outputs();
            case MASKED, ALLOWED -> limits.extras().vocabulary() > 0 ? limits.outputs() : 0;
            case BIAS_ROW, BIAS_TOKEN, BIAS_VALUE -> limits.extras().biases();
            case VISIBLE -> limits.extras().trees() ? limits.tokens() : 0;
            case EMBEDDINGS -> limits.extras().embeddingWidth() > 0 ? limits.tokens() : 0;
        };
    }

    private long numbersOf(StepColumn column) {
        return switch (column) {
            case BLOCKS -> blocksPerSequence();
            case ALLOWED -> words(limits.extras().vocabulary());
            case VISIBLE -> words(limits.tokens());
            case EMBEDDINGS -> limits.extras().embeddingWidth();
            default -> 1;
        };
    }

    /** Entries of one block table. */
    public int blocksPerSequence() {
        return states == null ? 0 : states.blocksFor(limits.context());
    }

    private static int words(int bits) {
        return Math.ceilDiv(bits, Integer.SIZE);
    }
}
