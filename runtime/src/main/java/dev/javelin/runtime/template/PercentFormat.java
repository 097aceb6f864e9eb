package dev.javelin.runtime.template;

import java.util.List;
import java.util.Locale;

/** {@code text % values}, in the manner of printf. */
final class PercentFormat {
    private final String format;
    private final Object values;
    private final List<Object> items;
    private final boolean escape;
    private final Meter meter;
    private final TextBuilder out;
    private int at;
    private int used;
    private boolean named;

    private PercentFormat(String format, Object values, boolean escape, Meter meter) {
        this.format = format;
        this.values = values;
        this.items = values instanceof Tuple tuple ? tuple.items() : List.of(values);
        this.escape = escape;
        this.meter = meter;
        this.out = new TextBuilder(meter);
    }

    static String format(String format, Object values, Meter meter) {
        return new PercentFormat(format, values, false, meter).format();
    }

    static String escaped(String format, Object values, Meter meter) {
        return new PercentFormat(format, values, true, meter).format();
    }

    private String format() {
        int from = 0;
        while ((at = format.indexOf('%', from)) >= 0) {
            out.add(format, from, at);
            at++;
            conversion();
            from = at;
        }
        out.add(format, from, format.length());
        if (!named
                && used < items.size()
                && !(values instanceof Dict || values instanceof List<?> || values instanceof Undefined)) {
            throw Fault.render("% got more values than its format uses: values=" + items.size() + ", used=" + used);
        }
        return out.toString();
    }

    private char current() {
        if (at >= format.length()) {
            throw Fault.render("the format ends within a conversion");
        }
        return format.charAt(at);
    }

    private void conversion() {
        Object value = null;
        if (current() == '(') {
            value = byName();
        }
        String flags = "";
        while ("-+ #0".indexOf(current()) >= 0) {
            flags = flags.length() > 8 ? flags : flags + current();
            at++;
        }
        long width = 0;
        if (current() == '*') {
            width = star();
            flags = width < 0 ? flags + "-" : flags;
            width = Math.abs(width);
        } else {
            width = digits();
        }
        long precision = -1;
        if (current() == '.') {
            at++;
            precision = current() == '*' ? Math.max(0, star()) : digits();
        }
        while ("hlL".indexOf(current()) >= 0) {
            at++;
        }
        char type = current();
        at++;
        if (type == '%') {
            out.add('%');
            return;
        }
        pad(flags, width, convert(type, flags, precision, value == null ? next() : value));
    }

    private Object byName() {
        int end = at;
        for (int open = 0; end < format.length(); end++) {
            open += format.charAt(end) == '(' ? 1 : format.charAt(end) == ')' ? -1 : 0;
            if (open == 0) {
                break;
            }
        }
        if (end == format.length()) {
            throw Fault.render("the format ends within a name in parentheses");
        }
        String name = format.substring(at + 1, end);
        at = end + 1;
        named = true;
        if (!(values instanceof Dict dict)) {
            throw Types.mismatch("a format with names takes a mapping", values);
        }
        Object value = dict.get(name);
        if (value == null) {
            throw Fault.render("the mapping has no value for %(" + name + ")");
        }
        return value;
    }

    private Object next() {
        if (used >= items.size()) {
            throw Fault.render("% got fewer values than its format uses: values=" + items.size());
        }
        return items.get(used++);
    }

    private long star() {
        at++;
        if (!(Arithmetic.number(next()) instanceof Long size)) {
            throw Fault.render("a * in a format takes an integer");
        }
        return size == Long.MIN_VALUE ? Long.MAX_VALUE : size;
    }

    private long digits() {
        long number = 0;
        for (; current() >= '0' && current() <= '9'; at++) {
            number = Math.min(number * 10 + current() - '0', Integer.MAX_VALUE);
        }
        return number;
    }

    /** A sign or prefix, and what follows it. */
    private record Converted(String sign, String body, boolean number) {}

    private Converted convert(char type, String flags, long precision, Object value) {
        return switch (type) {
            case 's' -> text(escape ? Markup.of(value, meter) : Text.of(value, meter), precision);
            case 'r', 'a' -> text(Repr.of(value, meter), precision);
            case 'c' -> text(character(value), -1);
            case 'd', 'i', 'u' -> integer(truncated(type, value), 10, "", flags, precision);
            case 'x' -> integer(whole(type, value), 16, "0x", flags, precision);
            case 'X' -> {
                Converted hex = integer(whole(type, value), 16, "0X", flags, precision);
                yield new Converted(hex.sign, hex.body.toUpperCase(Locale.ROOT), true);
            }
            case 'o' -> integer(whole(type, value), 8, "0o", flags, precision);
            case 'e', 'f', 'g' -> real(type, real(type, value), flags, precision);
            case 'E', 'F', 'G' -> {
                Converted real = real(Character.toLowerCase(type), real(type, value), flags, precision);
                yield new Converted(real.sign, real.body.toUpperCase(Locale.ROOT), true);
            }
            default -> throw Fault.render("% has no conversion " + type + "; write %% for a percent sign");
        };
    }

    private Converted text(String text, long precision) {
        if (precision < 0 || precision >= Strings.length(text, meter)) {
            return new Converted("", text, false);
        }
        return new Converted("", text.substring(0, Strings.offset(text, precision)), false);
    }

    private String character(Object value) {
        if (Text.is(value) && Strings.length(Text.string(value), meter) == 1) {
            return Text.string(value);
        }
        if (Arithmetic.number(value) instanceof Long code && code >= 0 && code <= Character.MAX_CODE_POINT) {
            return Character.toString((int) (long) code);
        }
        throw Types.mismatch("%c takes one character or its code", value);
    }

    private static Object truncated(char type, Object value) {
        Object number = Arithmetic.number(value);
        return number instanceof Double real ? Integers.of(real.doubleValue()) : whole(type, number);
    }

    private static Object whole(char type, Object value) {
        Object number = Arithmetic.number(value);
        if (!Integers.is(number)) {
            throw Types.mismatch("%" + type + " takes an integer", value);
        }
        return number;
    }

    private static double real(char type, Object value) {
        Object number = Arithmetic.number(value);
        if (!Arithmetic.isNumber(number)) {
            throw Types.mismatch("%" + type + " takes a number", value);
        }
        return Arithmetic.toDouble(number);
    }

    private Converted integer(Object value, int radix, String prefix, String flags, long precision) {
        String digits = NumberFormat.of(value, radix, meter);
        if (precision > digits.length()) {
            digits = new TextBuilder(meter)
                    .repeat("0", precision - digits.length())
                    .add(digits)
                    .toString();
        }
        String shownPrefix = flags.indexOf('#') >= 0 ? prefix : "";
        return new Converted(sign(Integers.big(value).signum() < 0, flags) + shownPrefix, digits, true);
    }

    private Converted real(char type, double value, String flags, long precision) {
        String body = NumberFormat.of(value, type, precision < 0 ? 6 : precision, flags.indexOf('#') >= 0, meter);
        boolean negative = value < 0 || (value == 0 && 1 / value < 0);
        return new Converted(sign(negative, flags), body, true);
    }

    private static String sign(boolean negative, String flags) {
        return negative ? "-" : flags.indexOf('+') >= 0 ? "+" : flags.indexOf(' ') >= 0 ? " " : "";
    }

    private void pad(String flags, long width, Converted converted) {
        long missing = width <= 0 ? 0 : width - Strings.length(converted.body, meter) - converted.sign.length();
        boolean left = flags.indexOf('-') >= 0;
        boolean zeros = !left && converted.number && flags.indexOf('0') >= 0;
        out.repeat(" ", left || zeros ? 0 : missing)
                .add(converted.sign)
                .repeat("0", zeros ? missing : 0)
                .add(converted.body)
                .repeat(" ", left ? missing : 0);
    }
}
