package dev.javelin.kernels.host;

import dev.javelin.api.Buffer;
import dev.javelin.kernels.device.Openings;
import java.lang.foreign.MemorySegment;

/** A buffer in host memory. */
final class HostBuffer extends HostOpening implements Buffer {
    private final Openings device;
    private final MemorySegment memory;

    HostBuffer(Openings device, long bytes) {
        super(device, Kind.BUFFER, "buffer", bytes);
        this.device = device;
        try {
            this.memory = allocate(bytes).asSlice(0, bytes);
        } catch (Throwable failed) {
            close();
            throw failed;
        }
    }

    MemorySegment memory() {
        return memory;
    }

    @Override
    public long bytes() {
        return bytesTaken();
    }

    @Override
    public void write(long offset, MemorySegment from) {
        device.exclusively(() -> {
            part("written", offset, from.byteSize()).copyFrom(from);
        });
    }

    @Override
    public void read(long offset, MemorySegment to) {
        device.exclusively(() -> {
            to.copyFrom(part("read", offset, to.byteSize()));
        });
    }

    private MemorySegment part(String what, long offset, long size) {
        requireOpen();
        if (offset < 0 || offset > bytes() - size) {
            throw new IllegalArgumentException(
                    "the bytes %s must lie within the buffer: offset=%d, bytes=%d, bufferBytes=%d"
                            .formatted(what, offset, size, bytes()));
        }
        return memory.asSlice(offset, size);
    }
}
