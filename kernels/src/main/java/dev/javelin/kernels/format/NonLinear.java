package dev.javelin.kernels.format;

/** The sixteen levels of IQ4_NL and IQ4_XS: denser around zero, where most weights are. */
final class NonLinear {

    private static final byte[] LEVELS = {-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113};

    private NonLinear() {}

    static int level(int q) {
        return LEVELS[q];
    }
}
