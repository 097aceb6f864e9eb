package dev.javelin.conformance.broken;

import dev.javelin.api.Buffer;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.UnaryOperator;

/** What can be wrong about buffers as such. */
final class BufferFaults {

    private BufferFaults() {}

    static List<DeviceFault> all() {
        return List.of(
                fault("a new buffer holds rubbish", right -> {
                    try (Arena arena = Arena.ofConfined()) {
                        right.write(0, arena.allocate(right.bytes()).fill((byte) 0x55));
                    }
                    return right;
                }),
                fault("the offset of a write is ignored", right -> new RelayBuffer(right) {
                    @Override
                    public void write(long offset, MemorySegment from) {
                        right.write(0, from);
                    }
                }),
                fault("the offset of a read is ignored", right -> new RelayBuffer(right) {
                    @Override
                    public void read(long offset, MemorySegment to) {
                        right.read(0, to);
                    }
                }),
                fault("a write leaves out the last byte", right -> new RelayBuffer(right) {
                    @Override
                    public void write(long offset, MemorySegment from) {
                        right.write(offset, from.asSlice(0, from.byteSize() - 1));
                    }
                }),
                fault("a write behind the end is cut off", right -> new RelayBuffer(right) {
                    @Override
                    public void write(long offset, MemorySegment from) {
                        long most = Math.max(0, Math.min(from.byteSize(), right.bytes() - offset));
                        if (offset >= 0 && most > 0) {
                            right.write(offset, from.asSlice(0, most));
                        }
                    }
                }),
                fault("a read behind the end is let through", right -> new RelayBuffer(right) {
                    @Override
                    public void read(long offset, MemorySegment to) {
                        if (offset >= 0 && offset <= right.bytes() - to.byteSize()) {
                            right.read(offset, to);
                        }
                    }
                }),
                fault("a buffer is larger than asked for", right -> new RelayBuffer(right) {
                    @Override
                    public long bytes() {
                        return right.bytes() + 1;
                    }
                }),
                new DeviceFault("memory", "a buffer of no bytes is opened", () -> new RelayDevice() {
                    @Override
                    public Buffer openBuffer(long bytes) {
                        return super.openBuffer(Math.max(1, bytes));
                    }
                }));
    }

    private static DeviceFault fault(String name, UnaryOperator<Buffer> wrong) {
        return new DeviceFault("memory", name, () -> new RelayDevice() {
            @Override
            Buffer relay(Buffer opened) {
                return wrong.apply(opened);
            }
        });
    }
}
