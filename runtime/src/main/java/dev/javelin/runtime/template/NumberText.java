package dev.javelin.runtime.template;

import java.math.BigInteger;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads numbers from strings as Python's {@code int} and {@code float} do. */
final class NumberText {

    /** More than enough for any float that has a meaning. */
    private static final int LONGEST_FLOAT = 2000;

    private NumberText() {}

    /** The integer, or null if it is none in this base; base 0 goes by the prefix. */
    static @Nullable Object integer(String text, long base, Meter meter) {
        if (base != 0 && (base < 2 || base > 36)) {
            return null;
        }
        meter.work(4L * text.length());
        String digits = trim(text).toLowerCase(Locale.ROOT);
        boolean negative = digits.startsWith("-");
        digits = negative || digits.startsWith("+") ? digits.substring(1) : digits;
        long prefixed = digits.startsWith("0x") ? 16 : digits.startsWith("0o") ? 8 : digits.startsWith("0b") ? 2 : 0;
        long radix = base == 0 ? (prefixed == 0 ? 10 : prefixed) : base;
        boolean skipped = prefixed == radix;
        digits = skipped ? digits.substring(2) : digits;
        digits = skipped && digits.startsWith("_") ? digits.substring(1) : digits;
        if (base == 0 && !skipped && digits.length() > 1 && digits.startsWith("0") && !digits.matches("[0_]+")) {
            return null;
        }
        String plain = withoutUnderscores(digits);
        if (plain == null || plain.isEmpty() || plain.length() > Integers.DIGITS || !all(plain, (int) radix)) {
            return null;
        }
        meter.digits(plain.length());
        BigInteger value = new BigInteger(plain, (int) radix);
        return Integers.of(negative ? value.negate() : value);
    }

    private static boolean all(String digits, int radix) {
        return digits.chars().allMatch(c -> Character.digit(c, radix) >= 0);
    }

    /** The float, or null if it is none. */
    static @Nullable Double real(String text, Meter meter) {
        meter.work(4L * text.length());
        String trimmed = trim(text).toLowerCase(Locale.ROOT);
        boolean signed = trimmed.startsWith("-") || trimmed.startsWith("+");
        String number = signed ? trimmed.substring(1) : trimmed;
        double sign = trimmed.startsWith("-") ? -1 : 1;
        if (number.equals("inf") || number.equals("infinity")) {
            return sign * Double.POSITIVE_INFINITY;
        }
        if (number.equals("nan")) {
            return Double.NaN;
        }
        String plain = withoutUnderscores(number);
        if (plain == null || plain.length() > LONGEST_FLOAT || !isReal(plain)) {
            return null;
        }
        meter.digits(8L * plain.length());
        return sign * Double.parseDouble(plain);
    }

    /** Digits with an optional point and exponent; Java alone would also read {@code 1f} and hexadecimals. */
    private static boolean isReal(String text) {
        int e = text.indexOf('e');
        String mantissa = e < 0 ? text : text.substring(0, e);
        String exponent = e < 0 ? "0" : text.substring(e + 1);
        exponent = exponent.startsWith("-") || exponent.startsWith("+") ? exponent.substring(1) : exponent;
        int point = mantissa.indexOf('.');
        String digits = point < 0 ? mantissa : mantissa.substring(0, point) + mantissa.substring(point + 1);
        return isDigits(digits) && isDigits(exponent);
    }

    private static boolean isDigits(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Without underscores, each of which must be between two digits; null if one is not. */
    private static @Nullable String withoutUnderscores(String text) {
        for (int i = text.indexOf('_'); i >= 0; i = text.indexOf('_', i + 1)) {
            if (i == 0
                    || i == text.length() - 1
                    || !Character.isLetterOrDigit(text.charAt(i - 1))
                    || !Character.isLetterOrDigit(text.charAt(i + 1))) {
                return null;
            }
        }
        return text.replace("_", "");
    }

    private static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && Chars.isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && Chars.isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }
}
