package dev.javelin.cuda.ptx;

/**
 * Operations on columns: arrays with an element for each of the 32 lanes. Those of the hot instructions are loops that the JIT
 * compiler sees as a whole; {@code each} makes such a loop of an operation on one lane. They compute all lanes, and
 * {@link Warp} keeps the results of those that take part.
 */
final class Lanes {
    static final int COUNT = 32;
    static final int ALL = -1;

    private Lanes() {}

    @FunctionalInterface
    interface Int1 {
        void apply(int[] d, int[] a);
    }

    @FunctionalInterface
    interface Int2 {
        void apply(int[] d, int[] a, int[] b);
    }

    @FunctionalInterface
    interface Int3 {
        void apply(int[] d, int[] a, int[] b, int[] c);
    }

    @FunctionalInterface
    interface Long1 {
        void apply(long[] d, long[] a);
    }

    @FunctionalInterface
    interface Long2 {
        void apply(long[] d, long[] a, long[] b);
    }

    @FunctionalInterface
    interface Long3 {
        void apply(long[] d, long[] a, long[] b, long[] c);
    }

    @FunctionalInterface
    interface LongByInt {
        void apply(long[] d, long[] a, int[] b);
    }

    @FunctionalInterface
    interface Wide2 {
        void apply(long[] d, int[] a, int[] b);
    }

    @FunctionalInterface
    interface Wide3 {
        void apply(long[] d, int[] a, int[] b, long[] c);
    }

    @FunctionalInterface
    interface OfInt1 {
        int apply(int a);
    }

    @FunctionalInterface
    interface OfInt2 {
        int apply(int a, int b);
    }

    @FunctionalInterface
    interface OfInt3 {
        int apply(int a, int b, int c);
    }

    @FunctionalInterface
    interface OfLong1 {
        long apply(long a);
    }

    @FunctionalInterface
    interface OfLong2 {
        long apply(long a, long b);
    }

    @FunctionalInterface
    interface OfLong3 {
        long apply(long a, long b, long c);
    }

    @FunctionalInterface
    interface OfFloat1 {
        float apply(float a);
    }

    @FunctionalInterface
    interface OfFloat2 {
        float apply(float a, float b);
    }

    @FunctionalInterface
    interface OfFloat3 {
        float apply(float a, float b, float c);
    }

    static Int1 each(OfInt1 one) {
        return (d, a) -> {
            for (int i = 0; i < COUNT; i++) {
                d[i] = one.apply(a[i]);
            }
        };
    }

    static Int2 each(OfInt2 one) {
        return (d, a, b) -> {
            for (int i = 0; i < COUNT; i++) {
                d[i] = one.apply(a[i], b[i]);
            }
        };
    }

    static Int3 each(OfInt3 one) {
        return (d, a, b, c) -> {
            for (int i = 0; i < COUNT; i++) {
                d[i] = one.apply(a[i], b[i], c[i]);
            }
        };
    }

    static Long1 eachLong(OfLong1 one) {
        return (d, a) -> {
            for (int i = 0; i < COUNT; i++) {
                d[i] = one.apply(a[i]);
            }
        };
    }

    static Long2 eachLong(OfLong2 one) {
        return (d, a, b) -> {
            for (int i = 0; i < COUNT; i++) {
                d[i] = one.apply(a[i], b[i]);
            }
        };
    }

    static Long3 eachLong(OfLong3 one) {
        return (d, a, b, c) -> {
            for (int i = 0; i < COUNT; i++) {
                d[i] = one.apply(a[i], b[i], c[i]);
            }
        };
    }

    static Int1 eachFloat(OfFloat1 one) {
        return (d, a) -> {
            for (int i = 0; i < COUNT; i++) {
                d[i] = Float.floatToRawIntBits(one.apply(Float.intBitsToFloat(a[i])));
            }
        };
    }

    static Int2 eachFloat(OfFloat2 one) {
        return (d, a, b) -> {
            for (int i = 0; i < COUNT; i++) {
                d[i] = Float.floatToRawIntBits(one.apply(Float.intBitsToFloat(a[i]), Float.intBitsToFloat(b[i])));
            }
        };
    }

    static Int3 eachFloat(OfFloat3 one) {
        return (d, a, b, c) -> {
            for (int i = 0; i < COUNT; i++) {
                d[i] = Float.floatToRawIntBits(
                        one.apply(Float.intBitsToFloat(a[i]), Float.intBitsToFloat(b[i]), Float.intBitsToFloat(c[i])));
            }
        };
    }
}
