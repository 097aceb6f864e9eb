package dev.javelin.cuda.ptx;

/** Arithmetic on single precision. */
final class FloatArithmetic {
    private FloatArithmetic() {}

    static Step decode(Coding c) {
        return switch (c.opcode()) {
            case "add", "sub", "mul" -> binary(c);
            case "fma", "mad" -> fma(c);
            case "min", "max" -> extreme(c);
            case "abs", "neg" -> sign(c);
            case "div" -> divide(c);
            default -> throw c.error("not on floats");
        };
    }

    private static Step binary(Coding c) {
        boolean plain = plain(c);
        Rounding rounding = Rounding.take(c);
        boolean flush = c.take("ftz");
        boolean saturate = c.take("sat");
        c.takeType();
        c.done(3);
        Lanes.Int2 operation = switch (c.opcode()) {
            case "add" -> plain ? FloatArithmetic::add : wrap(rounding::add, flush, saturate);
            case "sub" -> plain ? FloatArithmetic::subtract : wrap((a, b) -> rounding.add(a, -b), flush, saturate);
            default ->
                plain
                        ? FloatArithmetic::multiply
                        : wrap((a, b) -> rounding.toFloat((double) a * b, 0), flush, saturate);
        };
        return Steps.ints(c.narrow(0), c.intSource(1, PtxType.F32), c.intSource(2, PtxType.F32), operation);
    }

    private static boolean plain(Coding c) {
        return !c.has("ftz") && !c.has("sat") && !c.has("rz") && !c.has("rm") && !c.has("rp");
    }

    private static Step fma(Coding c) {
        boolean plain = plain(c);
        Rounding rounding = Rounding.take(c);
        boolean flush = c.take("ftz");
        boolean saturate = c.take("sat");
        c.takeType();
        c.done(4);
        Lanes.Int3 operation = plain
                ? FloatArithmetic::fma
                : Lanes.eachFloat((a, b, d) ->
                        finish(rounding.fma(begin(a, flush), begin(b, flush), begin(d, flush)), flush, saturate));
        return Steps.ints(
                c.narrow(0),
                c.intSource(1, PtxType.F32),
                c.intSource(2, PtxType.F32),
                c.intSource(3, PtxType.F32),
                operation);
    }

    private static void add(int[] d, int[] a, int[] b) {
        for (int i = 0; i < Lanes.COUNT; i++) {
            d[i] = Float.floatToRawIntBits(Float.intBitsToFloat(a[i]) + Float.intBitsToFloat(b[i]));
        }
    }

    private static void subtract(int[] d, int[] a, int[] b) {
        for (int i = 0; i < Lanes.COUNT; i++) {
            d[i] = Float.floatToRawIntBits(Float.intBitsToFloat(a[i]) - Float.intBitsToFloat(b[i]));
        }
    }

    private static void multiply(int[] d, int[] a, int[] b) {
        for (int i = 0; i < Lanes.COUNT; i++) {
            d[i] = Float.floatToRawIntBits(Float.intBitsToFloat(a[i]) * Float.intBitsToFloat(b[i]));
        }
    }

    private static void fma(int[] d, int[] a, int[] b, int[] c) {
        for (int i = 0; i < Lanes.COUNT; i++) {
            d[i] = Float.floatToRawIntBits(
                    Math.fma(Float.intBitsToFloat(a[i]), Float.intBitsToFloat(b[i]), Float.intBitsToFloat(c[i])));
        }
    }

    private static Step extreme(Coding c) {
        boolean flush = c.take("ftz");
        boolean keepNan = c.take("NaN");
        boolean magnitude = c.take("xorsign");
        c.take("abs");
        c.takeType();
        c.done(3);
        if (magnitude) {
            throw c.error("unknown modifier .xorsign");
        }
        boolean least = c.opcode().equals("min");
        if (!flush && !keepNan) {
            Lanes.Int2 plain = least ? FloatArithmetic::least : FloatArithmetic::most;
            return Steps.ints(c.narrow(0), c.intSource(1, PtxType.F32), c.intSource(2, PtxType.F32), plain);
        }
        Lanes.OfFloat2 operation = least ? Math::min : Math::max;
        return Steps.ints(
                c.narrow(0),
                c.intSource(1, PtxType.F32),
                c.intSource(2, PtxType.F32),
                wrap(keepNan ? operation : overNan(operation), flush, false));
    }

    private static void least(int[] d, int[] a, int[] b) {
        for (int i = 0; i < Lanes.COUNT; i++) {
            float x = Float.intBitsToFloat(a[i]);
            float y = Float.intBitsToFloat(b[i]);
            d[i] = Float.isNaN(x) ? b[i] : Float.isNaN(y) ? a[i] : Float.floatToRawIntBits(Math.min(x, y));
        }
    }

    private static void most(int[] d, int[] a, int[] b) {
        for (int i = 0; i < Lanes.COUNT; i++) {
            float x = Float.intBitsToFloat(a[i]);
            float y = Float.intBitsToFloat(b[i]);
            d[i] = Float.isNaN(x) ? b[i] : Float.isNaN(y) ? a[i] : Float.floatToRawIntBits(Math.max(x, y));
        }
    }

    /** Of a number and what is not a number, the number. */
    static Lanes.OfFloat2 overNan(Lanes.OfFloat2 operation) {
        return (a, b) -> Float.isNaN(a) ? b : Float.isNaN(b) ? a : operation.apply(a, b);
    }

    private static Step sign(Coding c) {
        boolean flush = c.take("ftz");
        c.takeType();
        c.done(2);
        boolean absolute = c.opcode().equals("abs");
        if (!flush) {
            return Steps.ints(
                    c.narrow(0),
                    c.intSource(1, PtxType.F32),
                    absolute ? FloatArithmetic::absolute : FloatArithmetic::negate);
        }
        return Steps.ints(c.narrow(0), c.intSource(1, PtxType.F32), Lanes.each(bits -> {
            int kept = Float.floatToRawIntBits(begin(Float.intBitsToFloat(bits), true));
            return absolute ? kept & Integer.MAX_VALUE : kept ^ Integer.MIN_VALUE;
        }));
    }

    private static void absolute(int[] d, int[] a) {
        for (int i = 0; i < Lanes.COUNT; i++) {
            d[i] = a[i] & Integer.MAX_VALUE;
        }
    }

    private static void negate(int[] d, int[] a) {
        for (int i = 0; i < Lanes.COUNT; i++) {
            d[i] = a[i] ^ Integer.MIN_VALUE;
        }
    }

    private static Step divide(Coding c) {
        if (!c.take("approx") && !c.take("full")) {
            c.takeOne("rn");
        }
        boolean flush = c.take("ftz");
        c.takeType();
        c.done(3);
        return Steps.ints(
                c.narrow(0),
                c.intSource(1, PtxType.F32),
                c.intSource(2, PtxType.F32),
                wrap((a, b) -> a / b, flush, false));
    }

    static Lanes.Int2 wrap(Lanes.OfFloat2 operation, boolean flush, boolean saturate) {
        return Lanes.eachFloat((a, b) -> finish(operation.apply(begin(a, flush), begin(b, flush)), flush, saturate));
    }

    static Lanes.Int1 wrap(Lanes.OfFloat1 operation, boolean flush, boolean saturate) {
        return Lanes.eachFloat(a -> finish(operation.apply(begin(a, flush)), flush, saturate));
    }

    /** A subnormal source counts as zero of its sign where that was asked for. */
    static float begin(float value, boolean flush) {
        return flush && Math.abs(value) < Float.MIN_NORMAL ? Math.copySign(0f, value) : value;
    }

    static float finish(float value, boolean flush, boolean saturate) {
        if (saturate) {
            return value > 0 ? Math.min(value, 1) : 0; // what is not a number becomes zero too
        }
        return begin(value, flush);
    }
}
