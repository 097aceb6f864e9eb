package dev.javelin.runtime.template;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code namespace()} makes: the one kind of value whose attributes a template can set. */
final class Namespace {
    private final Map<String, Object> attributes = new LinkedHashMap<>();

    @Nullable
    Object get(String name) {
        return attributes.get(name);
    }

    void set(String name, Object value) {
        attributes.put(name, value);
    }

    Map<String, Object> attributes() {
        return attributes;
    }
}
