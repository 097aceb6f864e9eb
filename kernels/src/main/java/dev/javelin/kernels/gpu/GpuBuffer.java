package dev.javelin.kernels.gpu;

import dev.javelin.api.Buffer;
import dev.javelin.kernels.device.Openings;
import java.lang.foreign.MemorySegment;

/** A buffer in memory of the device. */
final class GpuBuffer extends GpuOpening implements Buffer {
    private final Transfers transfers;
    private final long memory;

    /** With the device's lock held. */
    GpuBuffer(Openings owner, GpuDriver driver, Transfers transfers, long bytes) {
        super(owner, driver, Kind.BUFFER, "buffer", bytes);
        this.transfers = transfers;
        try {
            this.memory = allocateZeros(bytes);
        } catch (Throwable failed) {
            close();
            throw failed;
        }
    }

    /** For kernels. */
    long memory() {
        return memory;
    }

    @Override
    public long bytes() {
        return bytesTaken();
    }

    @Override
    public void write(long offset, MemorySegment from) {
        owner().exclusively(() -> {
            requirePart("written", offset, from.byteSize());
            transfers.write(memory, offset, from);
        });
    }

    @Override
    public void read(long offset, MemorySegment to) {
        owner().exclusively(() -> {
            requirePart("read", offset, to.byteSize());
            transfers.read(memory, offset, to);
        });
    }

    private void requirePart(String what, long offset, long size) {
        requireOpen();
        if (offset < 0 || offset > bytes() - size) {
            throw new IllegalArgumentException(
                    "the bytes %s must lie within the buffer: offset=%d, bytes=%d, bufferBytes=%d"
                            .formatted(what, offset, size, bytes()));
        }
    }
}
