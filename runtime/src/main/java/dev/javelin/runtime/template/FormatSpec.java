package dev.javelin.runtime.template;

import java.util.Locale;

/** The part after the colon in {@code {:…}}: {@code [[fill]align][sign][#][0][width][,][.precision][type]}. */
final class FormatSpec {
    private final String spec;
    private int at;
    private String fill = " ";
    private char align;
    private char sign = '-';
    private boolean alternate;
    private long width;
    private char grouping;
    private long precision = -1;
    private char type;

    private FormatSpec(String spec) {
        this.spec = spec;
        boolean filled = false;
        int first = spec.isEmpty() ? 0 : spec.offsetByCodePoints(0, 1);
        if (first < spec.length() && "<>=^".indexOf(spec.charAt(first)) >= 0) {
            fill = spec.substring(0, first);
            filled = true;
            align = spec.charAt(first);
            at = first + 1;
        } else {
            align = take("<>=^", '\0');
        }
        sign = take("+- ", '-');
        alternate = take("#", '\0') != 0;
        if (take("0", '\0') != 0) {
            fill = filled ? fill : "0";
            align = align == 0 ? '=' : align;
        }
        width = digits(0);
        grouping = take(",_", '\0');
        if (take(".", '\0') != 0) {
            precision = digits(-1);
            if (precision < 0) {
                throw wrong();
            }
        }
        type = take("sdbcoxXneEfFgG%", '\0');
        if (at < spec.length()) {
            throw wrong();
        }
    }

    static String apply(Object value, String spec, Meter meter) {
        if (spec.isEmpty()) {
            return Text.of(value, meter);
        }
        return new FormatSpec(spec).apply(value, meter);
    }

    private char take(String any, char absent) {
        boolean found = at < spec.length() && any.indexOf(spec.charAt(at)) >= 0;
        return found ? spec.charAt(at++) : absent;
    }

    private long digits(long absent) {
        long number = absent;
        for (; at < spec.length() && spec.charAt(at) >= '0' && spec.charAt(at) <= '9'; at++) {
            number = Math.min(Math.max(number, 0) * 10 + spec.charAt(at) - '0', Integer.MAX_VALUE);
        }
        return number;
    }

    private Fault wrong() {
        return Fault.render("a format is [[fill]align][sign][#][0][width][,][.precision][type]: format=" + spec);
    }

    private String apply(Object value, Meter meter) {
        boolean flag = value instanceof Boolean && type == 0;
        if (Text.is(value) || flag) {
            if ((type != 0 && type != 's') || align == '=' || (!flag && (grouping != 0 || alternate))) {
                throw wrong();
            }
            String text = flag ? ((Boolean) value ? "1" : "0") : Text.string(value);
            if (precision >= 0 && precision < Strings.length(text, meter)) {
                text = text.substring(0, Strings.offset(text, precision));
            }
            return pad("", text, flag ? '>' : '<', meter);
        }
        Object number = Arithmetic.number(value);
        if (!Arithmetic.isNumber(number)) {
            throw Types.mismatch("only strings and numbers can be formatted with " + spec, value);
        }
        boolean integral = Integers.is(number) && (type == 0 || "dbcoxXn".indexOf(type) >= 0);
        if (integral && type == 'c') {
            return pad("", PercentFormat.format("%c", number, meter), '<', meter);
        }
        return integral ? integer(number, meter) : real(Arithmetic.toDouble(number), meter);
    }

    private String integer(Object number, Meter meter) {
        if (precision >= 0) {
            throw wrong();
        }
        int radix = type == 'b' ? 2 : type == 'o' ? 8 : type == 'x' || type == 'X' ? 16 : 10;
        String digits = NumberFormat.of(number, radix, meter);
        if (type == 'X') {
            digits = digits.toUpperCase(Locale.ROOT);
        }
        String prefix = alternate && radix != 10 ? "0" + type : "";
        return number(Integers.big(number).signum() < 0, prefix, digits, radix == 10 ? 3 : 4, meter);
    }

    private String real(double value, Meter meter) {
        if (type != 0 && "eEfFgGn%".indexOf(type) < 0) {
            throw Fault.render("the format " + type + " takes an integer: got a float");
        }
        boolean percent = type == '%';
        double shown = percent ? value * 100 : value;
        String body;
        if (type == 0 && precision < 0) {
            body = FloatText.of(Math.abs(shown));
        } else {
            char notation = type == 0 || type == 'n' ? 'g' : percent ? 'f' : Character.toLowerCase(type);
            body = NumberFormat.of(shown, notation, precision < 0 ? 6 : precision, alternate, meter);
            if (type == 0 && body.chars().allMatch(c -> c >= '0' && c <= '9')) {
                body += ".0";
            }
        }
        if (type == 'E' || type == 'F' || type == 'G') {
            body = body.toUpperCase(Locale.ROOT);
        }
        return number(shown < 0 || (shown == 0 && 1 / shown < 0), "", percent ? body + "%" : body, 3, meter);
    }

    private String number(boolean negative, String prefix, String digits, int group, Meter meter) {
        String shownSign = negative ? "-" : sign == '-' ? "" : String.valueOf(sign);
        String body = grouping == 0 ? digits : NumberFormat.grouped(digits, grouping, group);
        return pad(shownSign + prefix, body, '>', meter);
    }

    private String pad(String start, String body, char side, Meter meter) {
        long missing = width <= 0 ? 0 : Math.max(0, width - start.length() - Strings.length(body, meter));
        TextBuilder out = new TextBuilder(meter);
        return switch (align == 0 ? side : align) {
            case '<' -> out.add(start).add(body).repeat(fill, missing).toString();
            case '>' -> out.repeat(fill, missing).add(start).add(body).toString();
            case '=' -> out.add(start).repeat(fill, missing).add(body).toString();
            default ->
                out.repeat(fill, missing / 2)
                        .add(start)
                        .add(body)
                        .repeat(fill, missing - missing / 2)
                        .toString();
        };
    }
}
