package dev.javelin.runtime;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One message of a chat.
 *
 * @param role such as {@code system}, {@code user}, {@code assistant} or {@code tool}
 * @param more what else a template may look for, such as {@code tool_calls}: texts, numbers, booleans, lists and maps
 */
public record Message(String role, String content, Map<String, Object> more) {

    public Message {
        more = Collections.unmodifiableMap(new LinkedHashMap<>(more));
    }

    public static Message system(String content) {
        return new Message("system", content, Map.of());
    }

    public static Message user(String content) {
        return new Message("user", content, Map.of());
    }

    public static Message assistant(String content) {
        return new Message("assistant", content, Map.of());
    }
}
