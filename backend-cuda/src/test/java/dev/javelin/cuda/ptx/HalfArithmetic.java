package dev.javelin.cuda.ptx;

/** Arithmetic on half precision, one number or two in a word. */
final class HalfArithmetic {
    private HalfArithmetic() {}

    static Step decode(Coding c) {
        c.take("rn");
        boolean flush = c.take("ftz");
        boolean saturate = c.take("sat");
        boolean positive = c.take("relu");
        boolean keepNan = c.take("NaN");
        PtxType type = c.takeType();
        HalfFormat format = HalfFormat.of(type, c);
        c.done(
                switch (c.opcode()) {
                    case "fma" -> 4;
                    case "abs", "neg" -> 2;
                    default -> 3;
                });
        Finish finish = new Finish(format, flush, saturate, positive);
        if (c.opcode().equals("fma")) {
            Lanes.OfInt3 one = (a, b, d) ->
                    finish.of(fma(format.decode(a, flush), format.decode(b, flush), format.decode(d, flush)));
            return Steps.ints(
                    c.narrow(0),
                    c.intSource(1, type),
                    c.intSource(2, type),
                    c.intSource(3, type),
                    Lanes.each(type.packed() ? HalfFormat.both(one) : one));
        }
        if (c.count() == 2) {
            boolean absolute = c.opcode().equals("abs");
            Lanes.OfInt1 one = a -> absolute ? a & 0x7fff : a ^ 0x8000;
            return Steps.ints(
                    c.narrow(0), c.intSource(1, type), Lanes.each(type.packed() ? HalfFormat.both(one) : one));
        }
        Lanes.OfFloat2 operation = operation(c, keepNan);
        Lanes.OfInt2 one = (a, b) -> finish.of(operation.apply(format.decode(a, flush), format.decode(b, flush)));
        return Steps.ints(
                c.narrow(0),
                c.intSource(1, type),
                c.intSource(2, type),
                Lanes.each(type.packed() ? HalfFormat.both(one) : one));
    }

    /** Floats have more than twice the bits of halves, so rounding their results once more does no harm. */
    private static Lanes.OfFloat2 operation(Coding c, boolean keepNan) {
        return switch (c.opcode()) {
            case "add" -> Float::sum;
            case "sub" -> (a, b) -> a - b;
            case "mul" -> (a, b) -> a * b;
            case "min" -> keepNan ? Math::min : FloatArithmetic.overNan(Math::min);
            case "max" -> keepNan ? Math::max : FloatArithmetic.overNan(Math::max);
            default -> throw c.error("not on halves");
        };
    }

    private static double fma(float a, float b, float c) {
        double product = (double) a * b; // exact
        double sum = product + c;
        return Rounding.odd(sum, Rounding.restOfSum(product, c, sum));
    }

    /** What happens to a result at last. */
    private record Finish(HalfFormat format, boolean flush, boolean saturate, boolean positive) {
        int of(double value) {
            double kept = value;
            if (saturate) {
                kept = value > 0 ? Math.min(value, 1) : 0;
            } else if (positive && value <= 0) {
                kept = 0;
            }
            int bits = format.encode(kept);
            return flush && (bits & 0x7fff) != 0 && format.decode(bits, true) == 0 ? bits & 0x8000 : bits;
        }
    }
}
