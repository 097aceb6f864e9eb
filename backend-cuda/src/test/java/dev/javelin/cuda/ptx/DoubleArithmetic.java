package dev.javelin.cuda.ptx;

/** Arithmetic on double precision, rounded to nearest. */
final class DoubleArithmetic {
    private DoubleArithmetic() {}

    static Step decode(Coding c) {
        c.take("rn");
        c.takeType();
        c.done(
                switch (c.opcode()) {
                    case "fma", "mad" -> 4;
                    case "abs", "neg" -> 2;
                    default -> 3;
                });
        return switch (c.opcode()) {
            case "add" -> binary(c, Double::sum);
            case "sub" -> binary(c, (a, b) -> a - b);
            case "mul" -> binary(c, (a, b) -> a * b);
            case "div" -> binary(c, (a, b) -> a / b);
            case "min" -> binary(c, (a, b) -> Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.min(a, b));
            case "max" -> binary(c, (a, b) -> Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.max(a, b));
            case "fma", "mad" ->
                Steps.longs(
                        c.wide(0),
                        c.longSource(1, PtxType.F64),
                        c.longSource(2, PtxType.F64),
                        c.longSource(3, PtxType.F64),
                        Lanes.eachLong((x, y, z) -> Double.doubleToRawLongBits(Math.fma(
                                Double.longBitsToDouble(x), Double.longBitsToDouble(y), Double.longBitsToDouble(z)))));
            case "abs" -> Steps.longs(c.wide(0), c.longSource(1, PtxType.F64), Lanes.eachLong(a -> a & Long.MAX_VALUE));
            case "neg" -> Steps.longs(c.wide(0), c.longSource(1, PtxType.F64), Lanes.eachLong(a -> a ^ Long.MIN_VALUE));
            default -> throw c.error("not on doubles");
        };
    }

    private static Step binary(Coding c, java.util.function.DoubleBinaryOperator operation) {
        return Steps.longs(
                c.wide(0),
                c.longSource(1, PtxType.F64),
                c.longSource(2, PtxType.F64),
                Lanes.eachLong((a, b) -> Double.doubleToRawLongBits(
                        operation.applyAsDouble(Double.longBitsToDouble(a), Double.longBitsToDouble(b)))));
    }
}
