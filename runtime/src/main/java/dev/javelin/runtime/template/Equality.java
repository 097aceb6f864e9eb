package dev.javelin.runtime.template;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Whether two values are equal, by Python's rules: 1, 1.0 and true are, a list and a tuple never. */
final class Equality {

    private Equality() {}

    static boolean of(Object a, Object b, Meter meter) {
        meter.step();
        if (identical(a, b)) {
            return !(a instanceof Double number) || !Double.isNaN(number);
        }
        if (a instanceof String x && b instanceof String y) {
            meter.work(x.length() == y.length() ? x.length() : 0);
            return x.equals(y);
        }
        Object x = Arithmetic.number(a);
        Object y = Arithmetic.number(b);
        if (Arithmetic.isNumber(x) && Arithmetic.isNumber(y)) {
            return !unordered(x, y) && compare(x, y) == 0;
        }
        if (Text.is(a) && Text.is(b)) {
            return Text.string(a).equals(Text.string(b));
        }
        meter.enter(Meter.VALUE);
        try {
            return switch (a) {
                case List<?> list -> b instanceof List<?> other && lists(list, other, meter);
                case Tuple tuple -> b instanceof Tuple other && lists(tuple.items(), other.items(), meter);
                case Dict dict -> b instanceof Dict other && dicts(dict, other, meter);
                case DictView view -> b instanceof DictView other && views(view, other, meter);
                case Range range -> b instanceof Range other && lists(range.items(), other.items(), meter);
                case Undefined undefined -> b instanceof Undefined;
                default -> false;
            };
        } finally {
            meter.leave(Meter.VALUE);
        }
    }

    /** Whether both are one object: then items of lists are equal even if they are NaN, as in Python. */
    @SuppressWarnings("ReferenceEquality") // that is the question
    static boolean identical(Object a, Object b) {
        return a == b;
    }

    private static boolean lists(List<?> a, List<?> b, Meter meter) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            Object x = a.get(i);
            Object y = b.get(i);
            if (!identical(x, y) && !of(x, y, meter)) {
                return false;
            }
        }
        return true;
    }

    private static boolean dicts(Dict a, Dict b, Meter meter) {
        if (a.size() != b.size()) {
            return false;
        }
        for (Map.Entry<Object, Dict.Entry> entry : a.hashed()) {
            Object other = b.get(entry.getKey());
            Object value = entry.getValue().value();
            if (other == null || (!identical(value, other) && !of(value, other, meter))) {
                return false;
            }
        }
        return true;
    }

    private static boolean views(DictView a, DictView b, Meter meter) {
        return switch (a.kind()) {
            case KEYS -> b.kind() == a.kind() && a.dict().size() == b.dict().size() && sameKeys(a.dict(), b.dict());
            case ITEMS -> b.kind() == a.kind() && dicts(a.dict(), b.dict(), meter);
            case VALUES -> false;
        };
    }

    private static boolean sameKeys(Dict a, Dict b) {
        return a.hashed().stream().allMatch(entry -> b.has(entry.getKey()));
    }

    static boolean unordered(Object a, Object b) {
        return (a instanceof Double x && Double.isNaN(x)) || (b instanceof Double y && Double.isNaN(y));
    }

    /** The order of two numbers that are not NaN, exact also between integers and floats. */
    static int compare(Object a, Object b) {
        if (a instanceof Long x && b instanceof Long y) {
            return Long.compare(x, y);
        }
        if (a instanceof Double x && b instanceof Double y) {
            return x < y ? -1 : x > y ? 1 : 0;
        }
        if (a instanceof Double x) {
            return Double.isInfinite(x)
                    ? (x > 0 ? 1 : -1)
                    : new BigDecimal(x).compareTo(new BigDecimal(Integers.big(b)));
        }
        return b instanceof Double ? -compare(b, a) : Integers.big(a).compareTo(Integers.big(b));
    }
}
