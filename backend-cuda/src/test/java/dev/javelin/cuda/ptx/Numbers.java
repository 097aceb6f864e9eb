package dev.javelin.cuda.ptx;

import dev.javelin.cuda.ptx.Operand.Immediate;
import dev.javelin.cuda.ptx.Operand.Immediate.Form;
import dev.javelin.cuda.ptx.PtxLexer.Token;
import java.util.Locale;

/** Reads the numbers of PTX. */
final class Numbers {
    private Numbers() {}

    static Immediate read(Token token) {
        String text = token.text().toLowerCase(Locale.ROOT);
        if (text.startsWith("0f")) {
            return new Immediate(Integer.parseUnsignedInt(text.substring(2), 16) & 0xffff_ffffL, Form.FLOAT);
        }
        if (text.startsWith("0d")) {
            return new Immediate(Long.parseUnsignedLong(text.substring(2), 16), Form.DOUBLE);
        }
        if (text.contains(".")) {
            return new Immediate(Double.doubleToRawLongBits(Double.parseDouble(text)), Form.DOUBLE);
        }
        String digits = text.endsWith("u") ? text.substring(0, text.length() - 1) : text;
        try {
            return new Immediate(integer(digits), Form.INTEGER);
        } catch (NumberFormatException tooLarge) {
            throw new PtxException(token.line(), "not a number of 64 bits: " + token.text());
        }
    }

    private static long integer(String digits) {
        if (digits.startsWith("0x")) {
            return Long.parseUnsignedLong(digits.substring(2), 16);
        }
        if (digits.startsWith("0b")) {
            return Long.parseUnsignedLong(digits.substring(2), 2);
        }
        boolean octal = digits.length() > 1 && digits.startsWith("0");
        return Long.parseUnsignedLong(digits, octal ? 8 : 10);
    }

    /** The same number with a minus before it. */
    static Immediate negate(Immediate number) {
        return switch (number.form()) {
            case INTEGER -> new Immediate(-number.bits(), Form.INTEGER);
            case FLOAT -> new Immediate(number.bits() ^ 0x8000_0000L, Form.FLOAT);
            case DOUBLE -> new Immediate(number.bits() ^ Long.MIN_VALUE, Form.DOUBLE);
        };
    }
}
