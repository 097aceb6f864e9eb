package dev.javelin.cuda.ptx;

import dev.javelin.cuda.ptx.Operand.Immediate;

/** The bits that a number has as an operand of a type. */
final class Immediates {
    private Immediates() {}

    static long bits(Immediate number, PtxType type) {
        if (!type.floating()) {
            // a float in an instruction on bits stands for its bits
            return type.bits() == 16 ? number.bits() & 0xffff : number.bits();
        }
        double value = switch (number.form()) {
            case INTEGER -> number.bits();
            case FLOAT -> Float.intBitsToFloat((int) number.bits());
            case DOUBLE -> Double.longBitsToDouble(number.bits());
        };
        return switch (type) {
            case F64 -> Double.doubleToRawLongBits(value);
            case F32 -> Float.floatToRawIntBits((float) value);
            // the manual: operands of half precision are written as bits
            default -> number.bits() & 0xffff;
        };
    }
}
