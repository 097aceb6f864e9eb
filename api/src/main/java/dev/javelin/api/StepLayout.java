package dev.javelin.api;

import org.jspecify.annotations.Nullable;

/** Where the columns of a {@link Step} lie in its memory: each begins at a multiple of 64 bytes. Immutable. */
@SuppressWarnings("EnumOrdinal") // a table of its own, asked on every access to a step
public final class StepLayout {
    private static final long ALIGNMENT = 64;

    private final Limits limits;
    private final @Nullable StateSpec states;
    private final long[] offsets = new long[StepColumn.values().length];
    private final long bytes;

    /**
     * The layout for steps within the limits.
     *
     * @param states the groups for which there are block tables, or null for none
     */
    public StepLayout(Limits limits, @Nullable StateSpec states) {
        this.limits = limits;
        this.states = states;
        long end = 0;
        for (StepColumn column : StepColumn.values()) {
            offsets[column.ordinal()] = end;
            long columnBytes = Math.multiplyExact((long) rows(column), rowBytes(column));
            end = Math.addExact(end, Math.ceilDiv(columnBytes, ALIGNMENT) * ALIGNMENT);
        }
        bytes = end;
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
        return switch (column) {
            case SOURCE, TOKEN, SEQUENCE, POSITION, KV_INDEX -> limits.tokens();
            case FIRST, COUNT, ADAPTER, TREE -> limits.sequences();
            case BLOCKS ->
                states == null ? 0 : Math.multiplyExact(states.groups().size(), limits.sequences());
            case OUTPUT_TOKEN, WANTS -> limits.outputs();
            case MASKED, ALLOWED -> limits.extras().vocabulary() > 0 ? limits.outputs() : 0;
            case BIAS_ROW, BIAS_TOKEN, BIAS_VALUE -> limits.extras().biases();
            case VISIBLE -> limits.extras().trees() ? limits.tokens() : 0;
            case EMBEDDINGS -> limits.extras().embeddingWidth() > 0 ? limits.tokens() : 0;
        };
    }

    /** Bytes of one row of the column; a row is one number but for the wide columns at the end. */
    public long rowBytes(StepColumn column) {
        return (long) Integer.BYTES
                * switch (column) {
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
