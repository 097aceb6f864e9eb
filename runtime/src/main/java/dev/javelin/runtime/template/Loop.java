package dev.javelin.runtime.template;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The variable {@code loop}: where a loop is, and its body to be called again in a recursive one. */
final class Loop implements Callable {

    /** The body of a recursive loop, run on other items. */
    interface Body {
        Object run(Object items, long depth);
    }

    private static final Undefined NO_PREVIOUS = Undefined.because("there is no previous item");
    private static final Undefined NO_NEXT = Undefined.because("there is no next item");

    private final Meter meter;
    private final @Nullable Body recursion;
    private final long depth0;
    private Iterator<Object> items;
    private long length;
    private long index0 = -1;
    private @Nullable Object previous;
    private @Nullable Object current;
    private @Nullable Object next;
    private @Nullable List<Object> lastChanged;

    /** {@code length} is -1 where it has to be found out by reading on. */
    Loop(Meter meter, Iterator<Object> items, long length, @Nullable Body recursion, long depth0) {
        this.meter = meter;
        this.items = items;
        this.length = length;
        this.recursion = recursion;
        this.depth0 = depth0;
    }

    boolean advance() {
        if (!hasNext()) {
            return false;
        }
        meter.step();
        previous = current;
        current = next;
        next = null;
        index0++;
        return true;
    }

    Object current() {
        return current == null ? NO_NEXT : current;
    }

    private boolean hasNext() {
        if (next == null && items.hasNext()) {
            next = items.next();
        }
        return next != null;
    }

    long length() {
        if (length < 0) {
            List<Object> rest = new ArrayList<>();
            while (items.hasNext()) {
                meter.elements(1);
                rest.add(items.next());
            }
            items = rest.iterator();
            length = index0 + 1 + (next == null ? 0 : 1) + rest.size();
        }
        return length;
    }

    @Nullable
    Object attribute(String name) {
        return switch (name) {
            case "index" -> index0 + 1;
            case "index0" -> index0;
            case "first" -> index0 == 0;
            case "last" -> !hasNext();
            case "length" -> length();
            case "revindex" -> length() - index0;
            case "revindex0" -> length() - index0 - 1;
            case "depth" -> depth0 + 1;
            case "depth0" -> depth0;
            case "previtem" -> previous == null || index0 == 0 ? NO_PREVIOUS : previous;
            case "nextitem" -> hasNext() && next != null ? next : NO_NEXT;
            case "cycle" -> (Callable) (meter, arguments) -> cycle(arguments);
            case "changed" -> (Callable) (meter, arguments) -> changed(arguments);
            default -> null;
        };
    }

    private Object cycle(Arguments arguments) {
        if (arguments.positional().isEmpty()) {
            throw Fault.render("loop.cycle needs at least one value");
        }
        return arguments.positional().get((int) (index0 % arguments.positional().size()));
    }

    private boolean changed(Arguments arguments) {
        List<Object> values = arguments.positional();
        boolean changed = lastChanged == null || !Equality.of(lastChanged, values, meter);
        lastChanged = values;
        return changed;
    }

    @Override
    public Object call(Meter unused, Arguments arguments) {
        Object inner = arguments.bind("loop", "iterable").value(0);
        if (recursion == null) {
            throw Fault.render("loop can only be called in a loop marked recursive");
        }
        return recursion.run(inner, depth0 + 1);
    }

    @Override
    public String label() {
        return "<LoopContext " + (index0 + 1) + "/" + length() + ">";
    }
}
