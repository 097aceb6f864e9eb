package dev.javelin.kernels.host;

/** Sums of bytes that end at the largest number instead of wrapping round: so much is nowhere to be had anyway. */
final class HostBytes {
    private HostBytes() {}

    static long sum(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}
