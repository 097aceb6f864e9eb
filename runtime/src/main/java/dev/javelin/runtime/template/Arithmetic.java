package dev.javelin.runtime.template;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** The operators on numbers, strings and lists, as Python has them. */
final class Arithmetic {

    private Arithmetic() {}

    static Object apply(Operator operator, Object a, Object b, Meter meter) {
        return switch (operator) {
            case ADD -> add(a, b, meter);
            case MULTIPLY -> multiply(a, b, meter);
            case MODULO -> {
                if (a instanceof String text) {
                    yield PercentFormat.format(text, b, meter);
                }
                if (a instanceof Markup markup) {
                    yield new Markup(PercentFormat.escaped(markup.text(), b, meter));
                }
                yield numeric(operator, a, b, meter);
            }
            default -> numeric(operator, a, b, meter);
        };
    }

    static Object add(Object a, Object b, Meter meter) {
        if (a instanceof String left && b instanceof String right) {
            return concatenate(left, right, meter);
        }
        if (Text.is(a) && Text.is(b)) {
            return new Markup(concatenate(Markup.of(a, meter), Markup.of(b, meter), meter));
        }
        if (a instanceof List<?> left && b instanceof List<?> right) {
            return joined(left, right, meter);
        }
        if (a instanceof Tuple left && b instanceof Tuple right) {
            return Tuple.of(joined(left.items(), right.items(), meter));
        }
        return numeric(Operator.ADD, a, b, meter);
    }

    private static String concatenate(String left, String right, Meter meter) {
        meter.text((long) left.length() + right.length());
        return left.concat(right);
    }

    private static List<Object> joined(List<?> left, List<?> right, Meter meter) {
        meter.elements((long) left.size() + right.size());
        List<Object> items = new ArrayList<>(left.size() + right.size());
        items.addAll(left);
        items.addAll(right);
        return items;
    }

    private static Object multiply(Object a, Object b, Meter meter) {
        if (repeatable(a) && Integers.is(number(b))) {
            return repeat(a, number(b), meter);
        }
        if (repeatable(b) && Integers.is(number(a))) {
            return repeat(b, number(a), meter);
        }
        return numeric(Operator.MULTIPLY, a, b, meter);
    }

    private static boolean repeatable(Object value) {
        return Text.is(value) || value instanceof List<?> || value instanceof Tuple;
    }

    private static Object repeat(Object value, Object integer, Meter meter) {
        long times = integer instanceof Long small
                ? Math.max(0, small)
                : Integers.big(integer).signum() < 0 ? 0 : Long.MAX_VALUE;
        return switch (value) {
            case String text -> new TextBuilder(meter).repeat(text, times).toString();
            case Markup markup ->
                new Markup(new TextBuilder(meter).repeat(markup.text(), times).toString());
            case Tuple tuple -> Tuple.of(repeated(tuple.items(), times, meter));
            case List<?> list -> repeated(list, times, meter);
            default -> throw new IllegalStateException("not repeatable: " + Types.name(value));
        };
    }

    private static List<Object> repeated(List<?> list, long times, Meter meter) {
        if (list.isEmpty()) {
            return List.of();
        }
        meter.elements(times > Integer.MAX_VALUE / list.size() ? Long.MAX_VALUE / 64 : times * list.size());
        List<Object> items = new ArrayList<>((int) times * list.size());
        for (long i = 0; i < times; i++) {
            items.addAll(list);
        }
        return items;
    }

    private static Object numeric(Operator operator, Object left, Object right, Meter meter) {
        Object a = number(left);
        Object b = number(right);
        if (Integers.is(a) && Integers.is(b)) {
            if (a instanceof BigInteger || b instanceof BigInteger) {
                meter.digits(Integers.digits(a) + Integers.digits(b));
            }
            if (operator == Operator.POWER && b instanceof Long exponent) {
                meter.digits(Math.clamp(exponent, 0, Integers.DIGITS / Integers.digits(a)) * Integers.digits(a));
            }
            return integers(operator, a, b);
        }
        if (isNumber(a) && isNumber(b)) {
            return floats(operator, toDouble(a), toDouble(b));
        }
        throw Types.mismatch(operator.rule(), left, right);
    }

    /** A boolean as the integer it is in Python; anything else as it is. */
    static Object number(Object value) {
        return value instanceof Boolean bool ? (Object) (bool ? 1L : 0L) : value;
    }

    static boolean isNumber(Object value) {
        return value instanceof Double || Integers.is(value);
    }

    static double toDouble(Object number) {
        return number instanceof Double value ? value : Integers.toDouble(number);
    }

    private static Object integers(Operator operator, Object a, Object b) {
        return switch (operator) {
            case ADD -> Integers.add(a, b);
            case SUBTRACT -> Integers.subtract(a, b);
            case MULTIPLY -> Integers.multiply(a, b);
            case DIVIDE -> Integers.quotient(a, b);
            case FLOOR_DIVIDE -> Integers.floorDivide(a, b);
            case MODULO -> Integers.modulo(a, b);
            case POWER -> {
                if (Integers.big(b).signum() < 0) {
                    yield floats(operator, Integers.toDouble(a), Integers.toDouble(b));
                }
                yield Integers.power(a, b instanceof Long exponent ? exponent : Long.MAX_VALUE);
            }
        };
    }

    private static double floats(Operator operator, double a, double b) {
        return switch (operator) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / nonZero(b);
            case FLOOR_DIVIDE -> floorDivide(a, nonZero(b));
            case MODULO -> modulo(a, nonZero(b));
            case POWER -> power(a, b);
        };
    }

    private static double nonZero(double divisor) {
        if (divisor == 0) {
            throw Fault.render("division by zero");
        }
        return divisor;
    }

    static double modulo(double a, double b) {
        double rest = a % b;
        if (rest == 0) {
            return Math.copySign(0.0, b);
        }
        return rest < 0 != b < 0 ? rest + b : rest;
    }

    private static double floorDivide(double a, double b) {
        double rest = a % b;
        double quotient = (a - rest) / b;
        if (rest != 0 && rest < 0 != b < 0) {
            quotient -= 1;
        }
        if (quotient == 0) {
            return Math.copySign(0.0, a / b);
        }
        double floor = Math.floor(quotient);
        return quotient - floor > 0.5 ? floor + 1 : floor;
    }

    private static double power(double a, double b) {
        if (a == 0 && b < 0) {
            throw Fault.render("0 has no negative power");
        }
        if (a < 0 && !Double.isInfinite(a) && b != Math.rint(b)) {
            throw Fault.render("a negative number has no power that is not an integer");
        }
        double power = a == 1 ? 1 : Math.pow(a, b);
        if (Double.isInfinite(power) && !Double.isInfinite(a) && !Double.isInfinite(b)) {
            throw Integers.tooLarge();
        }
        return power;
    }

    static Object negate(Object value) {
        Object number = number(value);
        if (number instanceof Double real) {
            return -real;
        }
        if (Integers.is(number)) {
            return Integers.subtract(0L, number);
        }
        throw Types.mismatch("unary - takes a number", value);
    }

    static Object plus(Object value) {
        Object number = number(value);
        if (!isNumber(number)) {
            throw Types.mismatch("unary + takes a number", value);
        }
        return number;
    }
}
