package dev.javelin.kernels.device;

/** Counts of bytes that end at the largest number instead of wrapping round: so much is nowhere to be had anyway. */
public final class Bytes {
    private Bytes() {}

    /** Both together. */
    public static long sum(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    /** So many pieces. */
    public static long times(long count, long bytes) {
        return Math.multiplyHigh(count, bytes) != 0 || count * bytes < 0 ? Long.MAX_VALUE : count * bytes;
    }

    /** The next multiple of the alignment, a power of two. */
    public static long aligned(long bytes, long alignment) {
        return sum(bytes, alignment - 1) & -alignment;
    }
}
