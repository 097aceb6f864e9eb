package dev.javelin.cuda.simulated;

import dev.javelin.cuda.driver.Cu;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Work in its order. It is done as late as may be, when somebody waits or asks: so a host that reads too early, or writes too
 * early over what a copy is still to read, sees that it did.
 */
final class SimulatedStream {
    private final Context context;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private @Nullable List<Runnable> captured;

    SimulatedStream(Context context) {
        this.context = context;
    }

    Context context() {
        return context;
    }

    synchronized int enqueue(Runnable work) {
        if (captured != null) {
            captured.add(work);
        } else {
            waiting.add(work);
        }
        return context.error();
    }

    synchronized int finish() {
        for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
            context.execute(next);
        }
        return context.error();
    }

    synchronized boolean capturing() {
        return captured != null;
    }

    synchronized int beginCapture() {
        if (captured != null) {
            return Cu.INVALID_VALUE;
        }
        captured = new ArrayList<>();
        return Cu.SUCCESS;
    }

    /** What was captured; null if nothing was begun. */
    synchronized @Nullable List<Runnable> endCapture() {
        List<Runnable> done = captured;
        captured = null;
        return done;
    }
}
