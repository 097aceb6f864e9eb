package dev.javelin.runtime.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** What a value is as a key of a mapping: equal values give equal keys, so that 1, 1.0 and true are one. */
final class Keys {

    private Keys() {}

    private record TupleKey(List<Object> items) {}

    private enum UndefinedKey {
        KEY
    }

    static Object of(Object value, Meter meter) {
        return switch (value) {
            case String text -> {
                meter.work(text.length());
                yield text;
            }
            case Markup markup -> markup.text();
            case Long number -> number;
            case Boolean bool -> bool ? 1L : 0L;
            case Double number -> number(number);
            case Tuple tuple -> tuple(tuple, meter);
            case Undefined undefined -> UndefinedKey.KEY;
            case List<?> list -> throw unhashable(value);
            case Dict dict -> throw unhashable(value);
            case DictView view -> throw unhashable(value);
            default -> value;
        };
    }

    private static Object number(double number) {
        if (number != Math.rint(number) || Double.isInfinite(number)) {
            return number;
        }
        BigInteger integer = new BigDecimal(number).toBigInteger();
        return integer.bitLength() < Long.SIZE ? (Object) integer.longValue() : integer;
    }

    private static Object tuple(Tuple tuple, Meter meter) {
        meter.enter(Meter.VALUE);
        try {
            List<Object> keys = new ArrayList<>(tuple.items().size());
            for (Object item : tuple.items()) {
                meter.elements(4);
                meter.step();
                keys.add(of(item, meter));
            }
            return new TupleKey(keys);
        } finally {
            meter.leave(Meter.VALUE);
        }
    }

    private static Fault unhashable(Object value) {
        return Fault.render(
                "only strings, numbers, booleans, none and tuples of these can be keys: got " + Types.article(value));
    }
}
