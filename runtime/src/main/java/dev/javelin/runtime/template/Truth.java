package dev.javelin.runtime.template;

import java.util.List;

/** Whether a value counts as true. */
final class Truth {

    private Truth() {}

    static boolean of(Object value) {
        return switch (value) {
            case Boolean bool -> bool;
            case None none -> false;
            case Undefined undefined -> false;
            case String text -> !text.isEmpty();
            case Markup markup -> !markup.text().isEmpty();
            case Long number -> number != 0;
            case Double number -> number != 0;
            case List<?> list -> !list.isEmpty();
            case Tuple tuple -> !tuple.items().isEmpty();
            case Dict dict -> dict.size() > 0;
            case DictView view -> view.dict().size() > 0;
            case Range range -> range.size() > 0;
            default -> true; // generators too, even empty ones, as in Python
        };
    }
}
