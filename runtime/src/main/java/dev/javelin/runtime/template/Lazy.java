package dev.javelin.runtime.template;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A generator: values made one at a time, when asked for, and only once. */
final class Lazy implements Iterator<Object> {

    /** Generators may read one another; each takes about this many levels of stack. */
    private static final int LEVELS = 4;

    private final Meter meter;
    private final int levels;
    private final Supplier<@Nullable Object> source;
    private @Nullable Object next;
    private boolean ended;

    /** {@code source} returns null at the end; {@code depth} is how deep it nests by itself. */
    Lazy(Meter meter, int depth, Supplier<@Nullable Object> source) {
        this.meter = meter;
        this.levels = LEVELS + depth;
        this.source = source;
    }

    Lazy(Meter meter, Supplier<@Nullable Object> source) {
        this(meter, 0, source);
    }

    static Lazy of(Meter meter, Iterator<Object> items) {
        return new Lazy(meter, () -> items.hasNext() ? items.next() : null);
    }

    @Override
    public boolean hasNext() {
        if (next == null && !ended) {
            meter.step();
            meter.enter(levels);
            try {
                next = source.get();
            } finally {
                meter.leave(levels);
            }
            ended = next == null;
        }
        return next != null;
    }

    @Override
    public Object next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException("the generator has ended");
        }
        Object item = next;
        next = null;
        return item;
    }
}
