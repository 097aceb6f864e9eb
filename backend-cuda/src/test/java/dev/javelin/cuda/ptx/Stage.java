package dev.javelin.cuda.ptx;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Objects;

/** A device for small kernels of a test, each with a pointer {@code p} to memory of its own and a number {@code n}. */
final class Stage implements AutoCloseable {
    static final int WORDS = 256;
    private static final long BUDGET = 1 << 16;

    private final Workers workers = new Workers(2);
    private final PtxDevice device;
    private final long memory;
    private final String shared;

    /**
     * A device.
     *
     * @param shared declarations of the module, such as shared memory
     */
    Stage(String shared, boolean watchUninitialised) {
        this.shared = shared;
        device = new PtxDevice(0x10_0000_0000L, 1 << 20, 100 << 10, watchUninitialised, BUDGET, workers);
        memory = device.allocate(4 * WORDS).orElseThrow();
    }

    static Stage of(String shared) {
        return new Stage(shared, false);
    }

    PtxDevice device() {
        return device;
    }

    long memory() {
        return memory;
    }

    /** Decodes a kernel; the text may use {@code %r0} to {@code %r19} and so on, {@code %p} is in %rd0 and n in %r0. */
    Kernel kernel(String directives, String body) {
        String text = """
            .version 8.0
            .target sm_90
            .address_size 64
            %s
            .visible .entry test(.param .u64 p, .param .u32 n)
            %s
            {
            .reg .pred %%p<10>;
            .reg .b16 %%rs<10>;
            .reg .b32 %%r<20>;
            .reg .f32 %%f<10>;
            .reg .b64 %%rd<20>;
            ld.param.u64 %%rd0, [p];
            ld.param.u32 %%r0, [n];
            mov.u32 %%r1, %%tid.x;
            mul.wide.u32 %%rd1, %%r1, 4;
            add.u64 %%rd1, %%rd1, %%rd0;
            %s
            ret;
            }
            """.formatted(shared, directives, body);
        return Objects.requireNonNull(device.load(text).find("test"));
    }

    void run(String body, int blocks, int threads) {
        run(kernel("", body), blocks, threads, 0);
    }

    void run(Kernel kernel, int blocks, int threads, int dynamicBytes) {
        byte[] parameters = kernel.parameters(List.of(
                ByteBuffer.allocate(8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(memory)
                        .array(),
                ByteBuffer.allocate(4)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(threads)
                        .array()));
        device.launch(kernel, Size.of(blocks), Size.of(threads), dynamicBytes, parameters);
    }

    /** What the kernel left in its memory. */
    int[] words(int count) {
        MemorySegment words = MemorySegment.ofArray(new byte[4 * count]);
        device.read(words, memory);
        int[] result = new int[count];
        for (int i = 0; i < count; i++) {
            result[i] = words.get(JAVA_INT_UNALIGNED, 4L * i);
        }
        return result;
    }

    /** Fills the memory with 0, 1, 2 and so on. */
    void count() {
        MemorySegment words = MemorySegment.ofArray(new byte[4 * WORDS]);
        for (int i = 0; i < WORDS; i++) {
            words.set(JAVA_INT_UNALIGNED, 4L * i, i);
        }
        device.write(memory, words);
    }

    @Override
    public void close() {
        workers.close();
    }
}
