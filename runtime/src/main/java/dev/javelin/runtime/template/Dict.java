package dev.javelin.runtime.template;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A mapping in the order of insertion. Only whoever makes it puts into it: templates cannot change mappings. */
final class Dict {
    private final Map<Object, Entry> entries = new LinkedHashMap<>();

    /** A key as it was given, and its value. */
    record Entry(Object key, Object value) {}

    /** {@code hash} is what {@link Keys} makes of the key. */
    void put(Object hash, Object key, Object value) {
        Entry old = entries.get(hash);
        entries.put(hash, new Entry(old == null ? key : old.key, value));
    }

    void put(String key, Object value) {
        put(key, key, value);
    }

    @Nullable
    Object get(Object hash) {
        Entry entry = entries.get(hash);
        return entry == null ? null : entry.value;
    }

    boolean has(Object hash) {
        return entries.containsKey(hash);
    }

    int size() {
        return entries.size();
    }

    Collection<Map.Entry<Object, Entry>> hashed() {
        return entries.entrySet();
    }

    Collection<Entry> entries() {
        return entries.values();
    }

    List<Object> keys() {
        List<Object> keys = new ArrayList<>(entries.size());
        entries.values().forEach(entry -> keys.add(entry.key));
        return keys;
    }

    List<Object> values() {
        List<Object> values = new ArrayList<>(entries.size());
        entries.values().forEach(entry -> values.add(entry.value));
        return values;
    }

    List<Object> items() {
        List<Object> items = new ArrayList<>(entries.size());
        entries.values().forEach(entry -> items.add(Tuple.of(entry.key, entry.value)));
        return items;
    }
}
