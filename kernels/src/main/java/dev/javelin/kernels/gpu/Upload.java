package dev.javelin.kernels.gpu;

import dev.javelin.api.JavelinException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings portions of a weight's planes to the device: the host fills what {@link #begin} returns, {@link #end} sends it off. Used
 * with the device's lock held.
 */
abstract sealed class Upload implements AutoCloseable {

    /** Of a portion in all planes together, unless one tile is larger. */
    static final long PORTION = 8 << 20;

    /** A part of a plane. */
    record Part(long memory, long offset, long bytes) {}

    /** Host memory for the parts, in their order, until {@link #end}. */
    abstract List<MemorySegment> begin(List<Part> parts);

    /** The host has filled what {@link #begin} returned, or will not. */
    abstract void end();

    @Override
    public abstract void close();

    /** As suits the device. */
    static Upload of(GpuDriver driver, long largestPortion) {
        return driver.traits().sharesHostMemory() ? new InPlace(driver) : new Staged(driver, largestPortion);
    }

    /** The host writes where the device reads: nothing is copied. */
    private static final class InPlace extends Upload {
        private final GpuDriver driver;
        private final List<Part> parts = new ArrayList<>();
        private final List<MemorySegment> mapped = new ArrayList<>();

        InPlace(GpuDriver driver) {
            this.driver = driver;
        }

        @Override
        List<MemorySegment> begin(List<Part> some) {
            try {
                for (Part part : some) {
                    mapped.add(driver.map(part.memory(), part.offset(), part.bytes()));
                    parts.add(part);
                }
            } catch (Throwable failed) {
                end(); // nobody fills those that could be mapped
                throw failed;
            }
            return List.copyOf(mapped);
        }

        @Override
        void end() {
            while (!parts.isEmpty()) { // what fails is not tried again
                driver.unmap(parts.removeLast().memory(), mapped.removeLast());
            }
        }

        @Override
        public void close() {
            while (!parts.isEmpty()) { // usually nothing is left
                try {
                    end();
                } catch (JavelinException lost) {
                    // on a device that is lost nothing is mapped
                }
            }
        }
    }

    /** Two blocks of host memory take turns: one is filled while the other is copied. */
    private static final class Staged extends Upload {
        private final GpuDriver driver;
        private final List<HostBlock> blocks = new ArrayList<>();
        private final List<Long> events = new ArrayList<>();
        private final boolean[] recorded = new boolean[2];
        private List<Part> parts = List.of();
        private int turn;

        Staged(GpuDriver driver, long bytes) {
            this.driver = driver;
            try {
                for (int i = 0; i < recorded.length; i++) {
                    blocks.add(driver.openHost(bytes));
                    events.add(driver.openEvent());
                }
            } catch (Throwable failed) {
                close();
                throw failed;
            }
        }

        @Override
        List<MemorySegment> begin(List<Part> some) {
            turn = 1 - turn;
            if (recorded[turn]) {
                driver.await(events.get(turn));
            }
            parts = List.copyOf(some);
            List<MemorySegment> memory = new ArrayList<>();
            long at = 0;
            for (Part part : parts) {
                memory.add(blocks.get(turn).memory().asSlice(at, part.bytes()));
                at += part.bytes();
            }
            return memory;
        }

        @Override
        void end() {
            long at = 0;
            for (Part part : parts) {
                HostBlock from = blocks.get(turn).part(at, part.bytes());
                driver.write(part.memory(), part.offset(), from, part.bytes());
                at += part.bytes();
            }
            driver.record(events.get(turn));
            recorded[turn] = true;
            driver.flush();
        }

        @Override
        public void close() {
            GpuOpening.settle(driver);
            events.forEach(driver::freeEvent);
            blocks.forEach(HostBlock::close);
        }
    }
}
