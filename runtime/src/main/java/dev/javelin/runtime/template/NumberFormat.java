package dev.javelin.runtime.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/** The digits of a number in the notations that {@code %} and {@code format} share; the sign is left to them. */
final class NumberFormat {

    /** Beyond this a float has no more digits to show. */
    private static final int MOST_DIGITS = 1100;

    private NumberFormat() {}

    /** The absolute value in notation {@code e}, {@code f} or {@code g}; {@code alternate} keeps trailing zeros. */
    static String of(double value, char notation, long precision, boolean alternate, Meter meter) {
        double number = Math.abs(value);
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return Double.isNaN(number) ? "nan" : "inf";
        }
        if (precision > MOST_DIGITS) {
            throw Fault.limit("a float may be printed with at most " + MOST_DIGITS + " digits: digits=" + precision);
        }
        meter.digits(4 * (precision + Math.abs(Math.getExponent(number)) / 3 + 64));
        int digits = (int) precision;
        BigDecimal exact = new BigDecimal(number);
        return switch (notation) {
            case 'f' -> {
                String text = exact.setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
                yield alternate && digits == 0 ? text + "." : text;
            }
            case 'e' -> scientific(exact, digits, alternate);
            default -> general(exact, Math.max(1, digits), alternate);
        };
    }

    private static String scientific(BigDecimal exact, int digits, boolean alternate) {
        if (exact.signum() == 0) {
            return "0" + (digits > 0 ? "." + "0".repeat(digits) : alternate ? "." : "") + "e+00";
        }
        BigDecimal rounded = exact.round(new MathContext(digits + 1, RoundingMode.HALF_EVEN));
        int exponent = rounded.precision() - rounded.scale() - 1;
        String all = rounded.unscaledValue().toString();
        String shown =
                all.length() > digits ? all.substring(0, digits + 1) : all + "0".repeat(digits + 1 - all.length());
        return shown.charAt(0)
                + (digits > 0 ? "." + shown.substring(1) : alternate ? "." : "")
                + FloatText.exponent(exponent);
    }

    private static String general(BigDecimal exact, int digits, boolean alternate) {
        if (exact.signum() == 0) {
            return alternate ? "0." + "0".repeat(digits - 1) : "0";
        }
        BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent < -4 || exponent >= digits) {
            String text = scientific(rounded, digits - 1, alternate);
            int e = text.indexOf('e');
            return alternate ? text : trimmed(text.substring(0, e)) + text.substring(e);
        }
        String text =
                rounded.setScale(digits - 1 - exponent, RoundingMode.HALF_EVEN).toPlainString();
        return alternate ? (text.indexOf('.') < 0 ? text + "." : text) : trimmed(text);
    }

    private static String trimmed(String text) {
        if (text.indexOf('.') < 0) {
            return text;
        }
        int end = text.length();
        while (text.charAt(end - 1) == '0') {
            end--;
        }
        return text.substring(0, text.charAt(end - 1) == '.' ? end - 1 : end);
    }

    /** The digits of the absolute value in base 2, 8, 10 or 16. */
    static String of(Object integer, int radix, Meter meter) {
        meter.digits(Integers.digits(integer));
        BigInteger number = Integers.big(integer).abs();
        return number.toString(radix);
    }

    /** With a separator between every {@code size} digits of the part before the point. */
    static String grouped(String digits, char separator, int size) {
        int end = 0;
        while (end < digits.length() && Character.digit(digits.charAt(end), 16) >= 0 && digits.charAt(end) != 'e') {
            end++;
        }
        StringBuilder out = new StringBuilder(digits);
        for (int i = end - size; i > 0; i -= size) {
            out.insert(i, separator);
        }
        return out.toString();
    }
}
