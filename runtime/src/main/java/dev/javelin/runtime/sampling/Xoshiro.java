package dev.javelin.runtime.sampling;

/**
 * The generator xoshiro256++ of Blackman and Vigna (2019), its state filled by SplitMix64. Our own, because that of a library can
 * neither be copied in mid-sequence nor be trusted to stay the same.
 */
final class Xoshiro {

    private long s0;
    private long s1;
    private long s2;
    private long s3;

    Xoshiro(long seed) {
        seed(seed);
    }

    Xoshiro(long s0, long s1, long s2, long s3) {
        this.s0 = s0;
        this.s1 = s1;
        this.s2 = s2;
        this.s3 = s3;
    }

    Xoshiro copy() {
        return new Xoshiro(s0, s1, s2, s3);
    }

    /** Starts again from a seed. */
    final void seed(long seed) {
        s0 = mixed(seed, 1);
        s1 = mixed(seed, 2);
        s2 = mixed(seed, 3);
        s3 = mixed(seed, 4);
    }

    long nextLong() {
        long result = Long.rotateLeft(s0 + s3, 23) + s0;
        long shifted = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= shifted;
        s3 = Long.rotateLeft(s3, 45);
        return result;
    }

    /** Uniform in [0, 1), a multiple of 2^-53. */
    double nextDouble() {
        return (nextLong() >>> 11) * 0x1p-53;
    }

    /** The {@code i}-th number of SplitMix64. */
    private static long mixed(long seed, int i) {
        long z = seed + i * 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
