package dev.javelin.runtime.template;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All tests by name. */
final class Tests {

    private static final Map<String, ValueTest> ALL = all();

    private Tests() {}

    private interface OfValue {
        boolean passes(Object value);
    }

    private interface OfTwo {
        boolean passes(Meter meter, Object value, Object other);
    }

    static @Nullable ValueTest find(String name) {
        return ALL.get(name);
    }

    static ValueTest get(String name) {
        ValueTest test = ALL.get(name);
        if (test == null) {
            throw unknown(name);
        }
        return test;
    }

    static Fault unknown(String name) {
        return Fault.syntax("there is no test named " + name);
    }

    private static Map<String, ValueTest> all() {
        Map<String, ValueTest> all = new HashMap<>();
        one(all, "defined", value -> !(value instanceof Undefined));
        one(all, "undefined", value -> value instanceof Undefined);
        one(all, "none", value -> value == None.NONE);
        one(all, "boolean", value -> value instanceof Boolean);
        one(all, "true", value -> value instanceof Boolean bool && bool);
        one(all, "false", value -> value instanceof Boolean bool && !bool);
        one(all, "integer", Integers::is);
        one(all, "float", value -> value instanceof Double);
        one(all, "number", value -> Arithmetic.isNumber(Arithmetic.number(value)));
        one(all, "string", Text::is);
        one(all, "mapping", value -> value instanceof Dict);
        one(all, "iterable", Items::iterable);
        one(all, "sequence", Tests::isSequence);
        one(all, "callable", value -> value instanceof Callable || value instanceof Undefined);
        one(all, "escaped", value -> value instanceof Markup);
        one(all, "filter", value -> Text.is(value) && Filters.find(Text.string(value)) != null);
        one(all, "test", value -> Text.is(value) && find(Text.string(value)) != null);
        all.put("lower", (meter, value, arguments) -> {
            arguments.bind("lower");
            return Case.isLower(Text.of(value, meter), meter);
        });
        all.put("upper", (meter, value, arguments) -> {
            arguments.bind("upper");
            return Case.isUpper(Text.of(value, meter), meter);
        });
        all.put("odd", (meter, value, arguments) -> {
            arguments.bind("odd");
            return rest(value, 2L, 1L, meter);
        });
        all.put("even", (meter, value, arguments) -> {
            arguments.bind("even");
            return rest(value, 2L, 0L, meter);
        });
        two(all, (meter, value, other) -> rest(value, other, 0L, meter), "divisibleby");
        two(all, (meter, value, other) -> Access.contains(other, value, meter), "in");
        two(all, Tests::isSame, "sameas");
        two(all, (meter, value, other) -> Equality.of(value, other, meter), "eq", "equalto", "==");
        two(all, (meter, value, other) -> !Equality.of(value, other, meter), "ne", "!=");
        two(all, order(Relation.LESS), "lt", "lessthan", "<");
        two(all, order(Relation.LESS_OR_EQUAL), "le", "<=");
        two(all, order(Relation.GREATER), "gt", "greaterthan", ">");
        two(all, order(Relation.GREATER_OR_EQUAL), "ge", ">=");
        return Map.copyOf(all);
    }

    private static void one(Map<String, ValueTest> all, String name, OfValue test) {
        all.put(name, (meter, value, arguments) -> {
            arguments.bind(name);
            return test.passes(value);
        });
    }

    private static void two(Map<String, ValueTest> all, OfTwo test, String... names) {
        for (String name : names) {
            all.put(
                    name,
                    (meter, value, arguments) -> test.passes(
                            meter, value, arguments.bind(name, "other").value(0)));
        }
    }

    private static OfTwo order(Relation relation) {
        return (meter, value, other) -> Ordering.test(relation, value, other, meter);
    }

    private static boolean rest(Object value, Object divisor, Object rest, Meter meter) {
        return Equality.of(Arithmetic.apply(Operator.MODULO, value, divisor, meter), rest, meter);
    }

    private static boolean isSequence(Object value) {
        return !(value instanceof DictView || value instanceof Lazy || value instanceof Loop) && Items.size(value) >= 0;
    }

    /** Of scalars only the value can be told, not which object it is. */
    private static boolean isSame(Meter meter, Object value, Object other) {
        boolean scalar = Text.is(value) || Arithmetic.isNumber(value) || value instanceof Boolean;
        return Equality.identical(value, other)
                || (scalar && value.getClass() == other.getClass() && Equality.of(value, other, meter));
    }
}
