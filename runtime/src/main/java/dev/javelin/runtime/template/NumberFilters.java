package dev.javelin.runtime.template;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;

/** The filters on numbers, and those that make numbers. */
final class NumberFilters {

    static final Map<String, Filter> ALL = Map.of(
            "abs", NumberFilters::abs,
            "round", NumberFilters::round,
            "int", NumberFilters::toInteger,
            "float", NumberFilters::toFloat,
            "filesizeformat", NumberFilters::fileSize);

    private NumberFilters() {}

    private static Object abs(Meter meter, Object value, Arguments arguments) {
        arguments.bind("abs");
        Object number = Arithmetic.number(value);
        if (number instanceof Double real) {
            return Math.abs(real);
        }
        if (!Integers.is(number)) {
            throw Types.mismatch("abs takes a number", value);
        }
        return Integers.of(Integers.big(number).abs());
    }

    private static Object round(Meter meter, Object value, Arguments arguments) {
        Bound bound = arguments.bind("round", "precision?", "method?");
        long precision = Math.clamp(bound.integer(0, 0), -400, 400);
        meter.digits(1000);
        String method = bound.text(1, "common");
        Object number = Arithmetic.number(value);
        if (!Arithmetic.isNumber(number)) {
            throw Types.mismatch("round takes a number", value);
        }
        return switch (method) {
            case "common" -> {
                if (number instanceof Double real) {
                    yield rounded(real, (int) precision);
                }
                BigDecimal exact = new BigDecimal(Integers.big(number));
                yield precision >= 0
                        ? number
                        : Integers.of(exact.setScale((int) precision, RoundingMode.HALF_EVEN)
                                .toBigInteger());
            }
            case "ceil", "floor" -> {
                double scale = Math.pow(10, (double) precision);
                double scaled = Arithmetic.toDouble(number) * scale;
                Object whole = Integers.of(method.equals("ceil") ? Math.ceil(scaled) : Math.floor(scaled));
                yield Integers.toDouble(whole) / scale;
            }
            default -> throw Fault.render("the method of round is common, ceil or floor: method=" + method);
        };
    }

    private static double rounded(double number, int precision) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return number;
        }
        double rounded = new BigDecimal(number)
                .setScale(precision, RoundingMode.HALF_EVEN)
                .doubleValue();
        return Math.copySign(rounded, number);
    }

    private static Object toInteger(Meter meter, Object value, Arguments arguments) {
        Bound bound = arguments.bind("int", "default?", "base?");
        Object absent = bound.value(0, 0L);
        Object number = Arithmetic.number(value);
        if (number instanceof Double real) {
            return Double.isNaN(real) ? absent : Integers.of(real.doubleValue());
        }
        if (Integers.is(number)) {
            return number;
        }
        if (value instanceof Undefined undefined) {
            throw undefined.fault();
        }
        if (!Text.is(value)) {
            return absent;
        }
        String text = Text.string(value);
        Object read = NumberText.integer(text, bound.integer(1, 10), meter);
        if (read != null) {
            return read;
        }
        Double real = NumberText.real(text, meter);
        return real == null || Double.isNaN(real) || Double.isInfinite(real) ? absent : Integers.of(real.doubleValue());
    }

    private static Object toFloat(Meter meter, Object value, Arguments arguments) {
        Object absent = arguments.bind("float", "default?").value(0, 0.0);
        Object number = Arithmetic.number(value);
        if (Arithmetic.isNumber(number)) {
            return Arithmetic.toDouble(number);
        }
        if (value instanceof Undefined undefined) {
            throw undefined.fault();
        }
        Double real = Text.is(value) ? NumberText.real(Text.string(value), meter) : null;
        return real == null ? absent : real;
    }

    private static Object fileSize(Meter meter, Object value, Arguments arguments) {
        boolean binary = arguments.bind("filesizeformat", "binary?").truth(0, false);
        Object number = Text.is(value) ? NumberText.real(Text.string(value), meter) : Arithmetic.number(value);
        if (number == null || !Arithmetic.isNumber(number)) {
            throw Types.mismatch("filesizeformat takes a number", value);
        }
        double bytes = Arithmetic.toDouble(number);
        double base = binary ? 1024 : 1000;
        if (bytes == 1) {
            return "1 Byte";
        }
        if (bytes < base) {
            return Integers.of(bytes) + " Bytes";
        }
        String prefixes = binary ? "KMGTPEZY" : "kMGTPEZY";
        double unit = base;
        int prefix = 0;
        while (bytes >= unit * base && prefix < prefixes.length() - 1) {
            unit *= base;
            prefix++;
        }
        String size = NumberFormat.of(bytes / unit, 'f', 1, false, meter);
        return String.format(Locale.ROOT, "%s %c%s", size, prefixes.charAt(prefix), binary ? "iB" : "B");
    }
}
