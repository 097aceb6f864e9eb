package dev.javelin.runtime.template;

import java.math.BigInteger;
import java.util.List;
import java.util.Locale;

/** The names of the types of values, for error messages. */
final class Types {

    private Types() {}

    static String name(Object value) {
        return switch (value) {
            case None none -> "none";
            case Boolean bool -> "boolean";
            case Long integer -> "integer";
            case BigInteger integer -> "integer";
            case Double number -> "float";
            case String text -> "string";
            case Markup markup -> "safe string";
            case List<?> list -> "list";
            case Tuple tuple -> "tuple";
            case Dict dict -> "mapping";
            case DictView view -> "view of a mapping";
            case Range range -> "range";
            case Lazy lazy -> "generator";
            case Undefined undefined -> "undefined";
            case Namespace namespace -> "namespace";
            case Loop loop -> "loop";
            case Callable callable -> "function";
            default -> value.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        };
    }

    static String article(Object value) {
        String name = name(value);
        return ("aeiou".indexOf(name.charAt(0)) >= 0 ? "an " : "a ") + name;
    }

    /** The failure of an operation on a value of a type it does not take, or on an undefined one. */
    static Fault mismatch(String rule, Object value) {
        return value instanceof Undefined undefined
                ? undefined.fault()
                : Fault.render(rule + ": got " + article(value));
    }

    static Fault mismatch(String rule, Object left, Object right) {
        if (left instanceof Undefined undefined) {
            return undefined.fault();
        }
        if (right instanceof Undefined undefined) {
            return undefined.fault();
        }
        return Fault.render(rule + ": left=" + name(left) + ", right=" + name(right));
    }
}
