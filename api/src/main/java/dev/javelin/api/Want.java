package dev.javelin.api;

/** What may be wanted of an output row. Of a row for which a step does not want it, an output holds unspecified numbers. */
public enum Want {
    /** The hidden state. */
    HIDDEN(1),
    /** All logits. */
    LOGITS(2),
    /** The largest logits and their ids. */
    TOP_K(4),
    /** The id chosen; it can also be the input of the next step. */
    ID(8);

    private final int bit;

    Want(int bit) {
        this.bit = bit;
    }

    /** The bit of this wish in a step's column of wishes. */
    public int bit() {
        return bit;
    }

    /** The bits of several wishes. */
    public static int bits(Want... wants) {
        int bits = 0;
        for (Want want : wants) {
            bits |= want.bit;
        }
        return bits;
    }
}
