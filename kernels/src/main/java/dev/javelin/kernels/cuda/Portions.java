package dev.javelin.kernels.cuda;

/**
 * How the rows of matrices are shared out among blocks.
 *
 * @param units multiprocessors of the device
 */
record Portions(int units) {

    /** Threads of a block that multiplies; as in {@code product.cuh}. */
    static final int THREADS = 512;

    private static final int LARGEST = 5;
    private static final int SMALLEST = 3;

    /** The largest portion of 8, 16 or 32 rows, as a power of two, that leaves no multiprocessor without one. */
    int shift(long rows) {
        int shift = LARGEST;
        while (shift > SMALLEST && rows >> shift < units) {
            shift--;
        }
        return shift;
    }

    /** Blocks that take turns with so many portions: as many as run at the same time. */
    int turns(long portions) {
        return Math.toIntExact(Math.min(portions, units));
    }
}
