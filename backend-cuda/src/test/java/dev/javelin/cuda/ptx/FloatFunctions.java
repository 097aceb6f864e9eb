package dev.javelin.cuda.ptx;

/**
 * Functions of a float. Those that hardware approximates are computed in double precision and rounded here: the hardware's
 * results differ in their last bits, by what the manual's tables of errors say (2<sup>-22</sup> relative or so; for sine and
 * cosine 2<sup>-20</sup> absolute within −π to π and more beyond; for tanh 2<sup>-11</sup> relative).
 */
final class FloatFunctions {
    private FloatFunctions() {}

    static void addTo(InstructionSet set) {
        set.put("rcp", c -> exactOrNear(c, a -> 1 / a, a -> 1 / a));
        set.put("sqrt", c -> exactOrNear(c, a -> (float) Math.sqrt(a), Math::sqrt));
        set.put("rsqrt", c -> near(c, a -> (float) (1 / Math.sqrt(a))));
        set.put("ex2", FloatFunctions::exponential);
        set.put("lg2", c -> near(c, FloatFunctions::logarithm));
        set.put("sin", c -> near(c, a -> (float) Math.sin(a)));
        set.put("cos", c -> near(c, a -> (float) Math.cos(a)));
        set.put("tanh", FloatFunctions::tanh);
        set.put("copysign", FloatFunctions::copySign);
        set.put("testp", FloatFunctions::test);
    }

    private static Step exactOrNear(Coding c, Lanes.OfFloat1 single, java.util.function.DoubleUnaryOperator twice) {
        if (!c.take("approx")) {
            c.takeOne("rn");
        }
        boolean flush = c.take("ftz");
        PtxType type = c.takeType();
        c.done(2);
        if (type == PtxType.F64) {
            return Steps.longs(
                    c.wide(0),
                    c.longSource(1, type),
                    Lanes.eachLong(a -> Double.doubleToRawLongBits(twice.applyAsDouble(Double.longBitsToDouble(a)))));
        }
        return floats(c, type, single, flush);
    }

    private static Step near(Coding c, Lanes.OfFloat1 function) {
        c.takeOne("approx");
        boolean flush = c.take("ftz");
        PtxType type = c.takeType();
        c.done(2);
        return floats(c, type, function, flush);
    }

    private static Step floats(Coding c, PtxType type, Lanes.OfFloat1 function, boolean flush) {
        if (type != PtxType.F32) {
            throw c.error("not on ." + type.modifier());
        }
        return Steps.ints(c.narrow(0), c.intSource(1, type), FloatArithmetic.wrap(function, flush, false));
    }

    private static Step exponential(Coding c) {
        return c.lastType() == PtxType.F32
                ? near(c, FloatFunctions::powerOfTwo)
                : halves(c, FloatFunctions::powerOfTwo);
    }

    private static Step tanh(Coding c) {
        Lanes.OfFloat1 function = a -> (float) Math.tanh(a);
        return c.lastType() == PtxType.F32 ? near(c, function) : halves(c, function);
    }

    private static Step halves(Coding c, Lanes.OfFloat1 function) {
        c.takeOne("approx");
        boolean flush = c.take("ftz");
        PtxType type = c.takeType();
        c.done(2);
        HalfFormat format = HalfFormat.of(type, c);
        Lanes.OfInt1 one = a -> format.encode(function.apply(format.decode(a, flush)));
        return Steps.ints(c.narrow(0), c.intSource(1, type), Lanes.each(type.packed() ? HalfFormat.both(one) : one));
    }

    static float powerOfTwo(float a) {
        return (float) Math.pow(2, a);
    }

    private static float logarithm(float a) {
        int exponent = Math.getExponent(a);
        // exact for powers of two
        return a > 0 && a == Math.scalb(1.0, exponent) ? exponent : (float) (Math.log(a) / Math.log(2));
    }

    private static Step copySign(Coding c) {
        PtxType type = c.takeType();
        c.done(3);
        if (type.wide()) {
            return Steps.longs(
                    c.wide(0),
                    c.longSource(1, type),
                    c.longSource(2, type),
                    Lanes.eachLong((a, b) -> (a & Long.MIN_VALUE) | (b & Long.MAX_VALUE)));
        }
        return Steps.ints(
                c.narrow(0),
                c.intSource(1, type),
                c.intSource(2, type),
                Lanes.each((a, b) -> (a & Integer.MIN_VALUE) | (b & Integer.MAX_VALUE)));
    }

    private static Step test(Coding c) {
        String property = c.takeOne("finite", "infinite", "number", "notanumber", "normal", "subnormal");
        PtxType type = c.takeType();
        c.done(2);
        if (type != PtxType.F32) {
            throw c.error("not on ." + type.modifier());
        }
        int d = c.predicate(0);
        int a = c.intSource(1, type);
        return (warp, lanes) -> {
            int found = 0;
            for (int i = 0; i < Lanes.COUNT; i++) {
                found |= has(Float.intBitsToFloat(warp.ints[a][i]), property) ? 1 << i : 0;
            }
            warp.keepPredicate(d, lanes, found);
        };
    }

    private static boolean has(float value, String property) {
        float size = Math.abs(value);
        return switch (property) {
            case "finite" -> Float.isFinite(value);
            case "infinite" -> Float.isInfinite(value);
            case "number" -> !Float.isNaN(value);
            case "notanumber" -> Float.isNaN(value);
            case "normal" -> Float.isFinite(value) && size >= Float.MIN_NORMAL;
            default -> size > 0 && size < Float.MIN_NORMAL;
        };
    }
}
