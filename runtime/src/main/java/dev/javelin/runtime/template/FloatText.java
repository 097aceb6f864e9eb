package dev.javelin.runtime.template;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** A float as Python prints it: the shortest digits that read back as the same number. */
final class FloatText {

    private FloatText() {}

    static String of(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        if (decimal.precision() == 2) {
            // Java always prints two digits and takes the nearest of these, even if one digit says it all.
            BigDecimal shorter = decimal.round(new MathContext(1, RoundingMode.HALF_EVEN));
            decimal = shorter.doubleValue() == value ? shorter.stripTrailingZeros() : decimal;
        }
        int exponent = decimal.precision() - decimal.scale() - 1;
        if (exponent < -4 || exponent >= 16) {
            return scientific(decimal, exponent);
        }
        String plain = decimal.toPlainString();
        return plain.indexOf('.') < 0 ? plain + ".0" : plain;
    }

    private static String scientific(BigDecimal decimal, int exponent) {
        String digits = decimal.unscaledValue().abs().toString();
        return (decimal.signum() < 0 ? "-" : "")
                + digits.charAt(0)
                + (digits.length() > 1 ? "." + digits.substring(1) : "")
                + exponent(exponent);
    }

    /** At least two digits, and always a sign. */
    static String exponent(int exponent) {
        int size = Math.abs(exponent);
        return (exponent < 0 ? "e-" : "e+") + (size < 10 ? "0" : "") + size;
    }
}
