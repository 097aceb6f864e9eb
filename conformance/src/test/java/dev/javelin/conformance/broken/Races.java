package dev.javelin.conformance.broken;

import dev.javelin.api.Bindings;
import dev.javelin.api.Buffer;
import dev.javelin.api.Completion;
import dev.javelin.api.MemoryUse;
import dev.javelin.api.Plan;
import dev.javelin.api.Step;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** What goes wrong only when several threads are at work. */
final class Races {

    /** Long enough for another thread to get in between, whatever else the machine does. */
    private static final long WINDOW_NANOS = 100_000;

    private Races() {}

    static List<DeviceFault> all() {
        Map<String, MemorySegment> ofAllDevices = new ConcurrentHashMap<>();
        return List.of(
                new DeviceFault(
                        "threads",
                        "plans of one device share scratch memory",
                        () -> new Sharing(new ConcurrentHashMap<>(), false)),
                new DeviceFault("threads", "devices share scratch memory", () -> new Sharing(ofAllDevices, true)),
                new DeviceFault("threads", "closing a device does not wait for the run under way", Hasty::new),
                new DeviceFault("threads", "what is open is counted without care", Miscounting::new));
    }

    /** Results pass through scratch memory that somebody else may use at the same time. */
    private static final class Sharing extends RelayDevice {
        private final Map<String, MemorySegment> scratch;
        private final boolean careful;
        private final Lock lock = new ReentrantLock();

        /** @param careful whether plans of one device wait for each other */
        Sharing(Map<String, MemorySegment> scratch, boolean careful) {
            this.scratch = scratch;
            this.careful = careful;
        }

        @Override
        Plan relay(Plan opened, Bindings bindings) {
            return new OwnOutputs(opened) {
                @Override
                void take(String name, MemorySegment from) {
                    MemorySegment between = scratch.computeIfAbsent(
                            name + from.byteSize(), fresh -> Arena.ofAuto().allocate(from.byteSize(), Long.BYTES));
                    if (careful) {
                        lock.lock();
                    }
                    try {
                        between.copyFrom(from);
                        LockSupport.parkNanos(WINDOW_NANOS);
                        super.take(name, between);
                    } finally {
                        if (careful) {
                            lock.unlock();
                        }
                    }
                }
            };
        }
    }

    /** Gives memory back that a run still writes to: its results are rubbish, but nobody says so. */
    private static final class Hasty extends RelayDevice {
        private volatile boolean closing;

        @Override
        Plan relay(Plan opened, Bindings bindings) {
            return new OwnOutputs(opened) {
                @Override
                public Completion run(Step step) {
                    Completion run = super.run(step);
                    if (closing) {
                        own.values().forEach(output -> output.fill((byte) 0x55));
                    }
                    return run;
                }
            };
        }

        @Override
        public void close() {
            closing = true;
            LockSupport.parkNanos(100 * WINDOW_NANOS);
            super.close();
        }
    }

    /** Adds one by reading, and writing a little later. */
    private static final class Miscounting extends RelayDevice {
        private final AtomicInteger buffers = new AtomicInteger();
        private volatile int counted;

        @Override
        public Buffer openBuffer(long bytes) {
            Buffer buffer = super.openBuffer(bytes);
            buffers.incrementAndGet();
            count(1);
            return buffer;
        }

        @Override
        Buffer relay(Buffer opened) {
            return new RelayBuffer(opened) {
                private final AtomicBoolean closed = new AtomicBoolean();

                @Override
                public void close() {
                    right.close();
                    if (closed.compareAndSet(false, true)) {
                        buffers.decrementAndGet();
                        count(-1);
                    }
                }
            };
        }

        private void count(int more) {
            int before = counted;
            LockSupport.parkNanos(WINDOW_NANOS);
            counted = before + more;
        }

        @Override
        public MemoryUse memoryUse() {
            MemoryUse use = right.memoryUse();
            int open = use.open() - buffers.get() + counted;
            return new MemoryUse(use.weights(), use.states(), use.buffers(), use.plans(), open);
        }
    }
}
