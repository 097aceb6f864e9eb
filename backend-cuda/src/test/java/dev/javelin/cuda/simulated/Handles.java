package dev.javelin.cuda.simulated;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Numbers for things; none is given twice. */
final class Handles {
    private final Map<Long, Object> things = new ConcurrentHashMap<>();
    private final AtomicLong last = new AtomicLong(0x1000);

    long put(Object thing) {
        long handle = last.addAndGet(0x10);
        things.put(handle, thing);
        return handle;
    }

    /** Null if the number is none of such a thing. */
    <T> @Nullable T find(long handle, Class<T> type) {
        Object thing = things.get(handle);
        return type.isInstance(thing) ? type.cast(thing) : null;
    }

    <T> @Nullable T remove(long handle, Class<T> type) {
        T thing = find(handle, type);
        if (thing != null) {
            things.remove(handle);
        }
        return thing;
    }

    /** How many things of a type are open. */
    long count(Class<?> type) {
        return things.values().stream().filter(type::isInstance).count();
    }
}
