package dev.javelin.kernels.gpu;

import dev.javelin.api.Op;
import dev.javelin.api.OpTime;
import java.util.ArrayList;
import java.util.List;

/** How long the operations of a plan took, as events tell it: one before the first, and one behind each. */
final class OpTimes {
    private final GpuDriver driver;
    private final List<Op> ops;
    private final long[] events;
    private final long[] nanos;
    private long runs;

    OpTimes(GpuDriver driver, List<Op> ops) {
        this.driver = driver;
        this.ops = ops;
        this.events = new long[ops.size() + 1];
        this.nanos = new long[ops.size()];
        for (int i = 0; i < events.length; i++) {
            events[i] = driver.openEvent();
        }
    }

    void begin() {
        driver.beginTiming();
        driver.record(events[0]);
    }

    /** Behind the launches of an operation. */
    void ended(int op) {
        driver.record(events[op + 1]);
    }

    /** Waits for the run. */
    void end() {
        driver.endTiming();
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] += driver.nanosBetween(events[i], events[i + 1]);
        }
        runs++;
    }

    List<OpTime> times() {
        List<OpTime> times = new ArrayList<>();
        for (int i = 0; i < nanos.length; i++) {
            times.add(new OpTime(ops.get(i), runs, nanos[i]));
        }
        return times;
    }

    void free() {
        for (long event : events) {
            driver.freeEvent(event);
        }
    }
}
