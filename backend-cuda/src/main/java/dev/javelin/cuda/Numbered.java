package dev.javelin.cuda;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Objects by numbers, from 1 on. Looking one up takes no lock and leaves no garbage; numbers of what was removed are used again.
 * Usable from any thread, as long as nobody uses a number that another removes.
 */
final class Numbered<T> {
    private volatile @Nullable Object[] objects = new @Nullable Object[256];
    private int used; // numbers up to this one have been given out

    /** A number for an object. */
    synchronized long add(T object) {
        int number = 1;
        while (number <= used && objects[number] != null) {
            number++;
        }
        used = Math.max(used, number);
        @Nullable Object[] all = number < objects.length ? objects : Arrays.copyOf(objects, 2 * objects.length);
        all[number] = object;
        objects = all; // also where it is the same: others see the object then
        return number;
    }

    /** The object of that number. */
    @SuppressWarnings("unchecked") // only such objects are added
    T get(long number) {
        Object object = objects[(int) number];
        if (object == null) {
            throw new IllegalStateException("it was given back before: number=" + number);
        }
        return (T) object;
    }

    /** Looks it up and takes it away. */
    synchronized T remove(long number) {
        T object = get(number);
        objects[(int) number] = null;
        return object;
    }
}
