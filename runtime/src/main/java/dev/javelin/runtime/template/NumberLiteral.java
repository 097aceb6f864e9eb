package dev.javelin.runtime.template;

import java.math.BigInteger;

/** Numbers as they stand in a template, with underscores between digits. */
final class NumberLiteral {

    private NumberLiteral() {}

    /** Where digits with single underscores between them end; {@code from} if there is none. */
    private static int digitsEnd(String text, int from, int radix) {
        int i = from;
        while (i < text.length() && isDigit(text, i, radix)) {
            i++;
            if (i < text.length() && text.charAt(i) == '_' && isDigit(text, i + 1, radix)) {
                i++;
            }
        }
        return i;
    }

    private static boolean isDigit(String text, int at, int radix) {
        return at < text.length() && text.charAt(at) < 0x80 && Character.digit(text.charAt(at), radix) >= 0;
    }

    /** Where the float that begins here ends, or -1 if there is none. */
    static int floatEnd(String text, int from) {
        int end = digitsEnd(text, from, 10);
        boolean real = false;
        if (end < text.length() && text.charAt(end) == '.' && isDigit(text, end + 1, 10)) {
            end = digitsEnd(text, end + 1, 10);
            real = true;
        }
        if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
            boolean signed = end + 1 < text.length() && "+-".indexOf(text.charAt(end + 1)) >= 0;
            int exponent = end + (signed ? 2 : 1);
            if (isDigit(text, exponent, 10)) {
                end = digitsEnd(text, exponent, 10);
                real = true;
            }
        }
        return real ? end : -1;
    }

    static int integerEnd(String text, int from) {
        int radix = radix(text, from);
        if (radix != 10) {
            int digits = from + (text.startsWith("_", from + 2) ? 3 : 2);
            if (isDigit(text, digits, radix)) {
                return digitsEnd(text, digits, radix);
            }
        }
        int end = digitsEnd(text, from, 10);
        if (text.charAt(from) == '0') {
            // As in Python, 007 is no number: the zeros are one and the 7 another.
            int zeros = from;
            while (zeros < end && (text.charAt(zeros) == '0' || text.charAt(zeros) == '_')) {
                zeros++;
            }
            return text.charAt(zeros - 1) == '_' ? zeros - 1 : zeros;
        }
        return end;
    }

    private static int radix(String text, int from) {
        if (text.charAt(from) != '0' || from + 1 >= text.length()) {
            return 10;
        }
        return switch (text.charAt(from + 1)) {
            case 'x', 'X' -> 16;
            case 'o', 'O' -> 8;
            case 'b', 'B' -> 2;
            default -> 10;
        };
    }

    static Object integer(String literal) {
        int radix = radix(literal, 0);
        String digits = literal.replace("_", "").substring(radix == 10 ? 0 : 2);
        if (digits.length() > Integers.DIGITS) {
            throw Integers.tooLarge();
        }
        return Integers.of(new BigInteger(digits, radix));
    }

    static double real(String literal) {
        return Double.parseDouble(literal.replace("_", ""));
    }
}
