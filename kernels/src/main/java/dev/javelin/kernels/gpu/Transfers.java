package dev.javelin.kernels.gpu;

import java.lang.foreign.MemorySegment;

/** Blocking copies between memory of the device and any host memory, in pieces. Called with the device's lock held. */
final class Transfers implements AutoCloseable {
    private static final long PIECE = 4 << 20;

    private final GpuDriver driver;
    private final HostBlock block;

    Transfers(GpuDriver driver) {
        this.driver = driver;
        this.block = driver.openHost(PIECE);
    }

    void write(long memory, long offset, MemorySegment from) {
        for (long at = 0; at < from.byteSize(); at += PIECE) {
            long bytes = Math.min(PIECE, from.byteSize() - at);
            MemorySegment.copy(from, at, block.memory(), 0, bytes);
            driver.write(memory, offset + at, block, bytes);
            driver.finish();
        }
    }

    void read(long memory, long offset, MemorySegment to) {
        for (long at = 0; at < to.byteSize(); at += PIECE) {
            long bytes = Math.min(PIECE, to.byteSize() - at);
            driver.read(memory, offset + at, block, bytes);
            driver.finish();
            MemorySegment.copy(block.memory(), 0, to, at, bytes);
        }
    }

    @Override
    public void close() {
        block.close();
    }
}
