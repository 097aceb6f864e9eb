package dev.javelin.runtime.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code cycler(…)} makes: values in turn, over and over. */
final class Cycler {
    private final List<Object> values;
    private int place;

    Cycler(List<Object> values) {
        if (values.isEmpty()) {
            throw Fault.render("cycler needs at least one value");
        }
        this.values = values;
    }

    @Nullable
    Object attribute(String name) {
        return switch (name) {
            case "current" -> values.get(place);
            case "next" ->
                (Callable) (meter, arguments) -> {
                    arguments.bind("next");
                    Object value = values.get(place);
                    place = (place + 1) % values.size();
                    return value;
                };
            case "reset" ->
                (Callable) (meter, arguments) -> {
                    arguments.bind("reset");
                    place = 0;
                    return None.NONE;
                };
            default -> null;
        };
    }
}
