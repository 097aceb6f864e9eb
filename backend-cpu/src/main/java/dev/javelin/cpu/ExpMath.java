package dev.javelin.cpu;

/**
 * The exponential function and what is made of it, of runs of floats in place; {@code count} is a multiple of the lanes. The
 * same whether interpreted or compiled, the same at every place of a run, and NaN of NaN. Defined {@linkplain PerWidth per
 * width}.
 */
interface ExpMath {

    /** {@code exp(x)} of numbers that are not positive, within 2 units in the last place. */
    void exp(float[] x, int at, int count);

    /** {@code cap · tanh(x / cap)}, within 4 units in the last place, for every positive cap. */
    void softCap(float cap, float[] x, int at, int count);
}
