package dev.javelin.opencl;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Numbers that stand for objects of a library. Looking one up takes no lock and leaves no garbage; numbers of what was removed are
 * used again. Usable from any thread, as long as nobody uses a number that another gives back.
 */
final class Handles {
    private volatile @Nullable Object[] objects = new @Nullable Object[64];
    private int[] free = new int[64];
    private int freeCount;
    private int end = 1; // 0 is no handle

    /** A number for an object. */
    synchronized long add(Object object) {
        int handle;
        if (freeCount > 0) {
            freeCount--;
            handle = free[freeCount];
        } else {
            handle = end;
            end++;
        }
        @Nullable Object[] all = objects;
        if (handle >= all.length) {
            all = Arrays.copyOf(all, 2 * all.length);
        }
        all[handle] = object;
        objects = all; // also where it is the same: others see the object then
        return handle;
    }

    /** The object of that number. */
    <T> T get(long handle, Class<T> type) {
        Object object = objects[(int) handle];
        if (object == null) {
            throw new IllegalStateException(
                    "a handle was given back before: handle=%d, type=%s".formatted(handle, type.getSimpleName()));
        }
        return type.cast(object);
    }

    /** Looks it up and gives the number back. */
    synchronized <T> T remove(long handle, Class<T> type) {
        T object = get(handle, type);
        objects[(int) handle] = null;
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, 2 * free.length);
        }
        free[freeCount] = (int) handle;
        freeCount++;
        return object;
    }
}
