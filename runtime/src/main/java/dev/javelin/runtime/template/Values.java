package dev.javelin.runtime.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plain Java values made values of a template: copied, so that nothing of the caller's is reachable or changes. */
final class Values {

    private static final int DEEPEST = 200;

    private Values() {}

    static Object of(String name, @Nullable Object value) {
        return of(name, value, 0);
    }

    private static Object of(String name, @Nullable Object value, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException(
                    "values may nest at most " + DEEPEST + " deep, and must not contain themselves: name=" + name);
        }
        return switch (value) {
            case null -> None.NONE;
            case CharSequence text -> text.toString();
            case Boolean bool -> bool;
            case Byte number -> number.longValue();
            case Short number -> number.longValue();
            case Integer number -> number.longValue();
            case Long number -> number;
            case BigInteger number -> {
                if (number.bitLength() > 8 * Long.SIZE) {
                    throw new IllegalArgumentException("integers may have at most 512 bits: name=" + name);
                }
                yield Integers.of(number);
            }
            case Float number -> number.doubleValue();
            case Double number -> number;
            case BigDecimal number -> number.doubleValue();
            case Map<?, ?> map -> {
                Dict dict = new Dict();
                map.forEach((key, item) -> put(dict, name, key, of(name, item, depth + 1)));
                yield dict;
            }
            case Iterable<?> items -> {
                List<Object> list = new ArrayList<>();
                for (Object item : items) {
                    list.add(of(name, item, depth + 1));
                }
                yield list;
            }
            default ->
                throw new IllegalArgumentException(
                        "a value must be a string, number, boolean, list, map or null: name=%s, class=%s"
                                .formatted(name, value.getClass().getName()));
        };
    }

    private static void put(Dict dict, String name, @Nullable Object key, Object value) {
        if (!(key instanceof String text)) {
            throw new IllegalArgumentException(
                    "the keys of maps must be strings: name=%s, key=%s".formatted(name, key));
        }
        dict.put(text, value);
    }
}
