package dev.javelin.conformance.broken;

import dev.javelin.api.Buffer;
import dev.javelin.api.MemoryUse;
import dev.javelin.api.StateStore;
import dev.javelin.api.Weights;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicBoolean;

/** What is closed throws when it is used and is counted out, yet plans that are bound to it run on. */
final class Undead extends RelayDevice {

    private final boolean weights;
    private final boolean states;
    private final boolean buffers;
    private MemoryUse closed = new MemoryUse(0, 0, 0, 0, 0);

    /** Says of what that is so. */
    Undead(boolean weights, boolean states, boolean buffers) {
        this.weights = weights;
        this.states = states;
        this.buffers = buffers;
    }

    @Override
    public synchronized MemoryUse memoryUse() {
        return sum(right.memoryUse(), closed);
    }

    private synchronized void countOut(MemoryUse one) {
        closed = sum(closed, new MemoryUse(-one.weights(), -one.states(), -one.buffers(), -one.plans(), -one.open()));
    }

    private static MemoryUse sum(MemoryUse one, MemoryUse other) {
        return new MemoryUse(
                one.weights() + other.weights(),
                one.states() + other.states(),
                one.buffers() + other.buffers(),
                one.plans() + other.plans(),
                one.open() + other.open());
    }

    /** Whether something seems to be closed. */
    private final class Grave {
        private final AtomicBoolean shut = new AtomicBoolean();

        void shut(MemoryUse use) {
            if (shut.compareAndSet(false, true)) {
                countOut(use);
            }
        }

        void requireOpen() {
            if (shut.get()) {
                throw new IllegalStateException("closed");
            }
        }
    }

    @Override
    Weights relay(Weights opened) {
        if (!weights) {
            return super.relay(opened);
        }
        Grave grave = new Grave();
        return new RelayWeights(opened) {
            @Override
            public void close() {
                grave.shut(new MemoryUse(right.bytes(), 0, 0, 0, 1));
            }
        };
    }

    @Override
    StateStore relay(StateStore opened) {
        if (!states) {
            return super.relay(opened);
        }
        Grave grave = new Grave();
        return new RelayStates(opened) {
            @Override
            public void copyBlock(int group, int from, int to) {
                grave.requireOpen();
                right.copyBlock(group, from, to);
            }

            @Override
            public void exportBlock(int group, int block, MemorySegment to) {
                grave.requireOpen();
                right.exportBlock(group, block, to);
            }

            @Override
            public void importBlock(int group, int block, MemorySegment from) {
                grave.requireOpen();
                right.importBlock(group, block, from);
            }

            @Override
            public void close() {
                grave.shut(new MemoryUse(0, right.spec().bytes(), 0, 0, 1));
            }
        };
    }

    @Override
    Buffer relay(Buffer opened) {
        if (!buffers) {
            return super.relay(opened);
        }
        Grave grave = new Grave();
        return new RelayBuffer(opened) {
            @Override
            public void write(long offset, MemorySegment from) {
                grave.requireOpen();
                right.write(offset, from);
            }

            @Override
            public void read(long offset, MemorySegment to) {
                grave.requireOpen();
                right.read(offset, to);
            }

            @Override
            public void close() {
                grave.shut(new MemoryUse(0, 0, right.bytes(), 0, 1));
            }
        };
    }
}
