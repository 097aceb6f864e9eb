package dev.javelin.cuda.ptx;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One launch of a kernel. */
final class Launch {
    private static final int MOST_STATIC = 48 << 10;
    private static final int MOST_THREADS = 1024;

    private final Kernel kernel;
    private final Size blocks;
    private final Size threads;
    private final int dynamicBytes;
    private final byte[] parameters;
    private final Machine machine;

    Launch(Kernel kernel, Size blocks, Size threads, int dynamicBytes, byte[] parameters, Machine machine) {
        this.kernel = kernel;
        this.blocks = blocks;
        this.threads = threads;
        this.dynamicBytes = dynamicBytes;
        this.parameters = parameters;
        this.machine = machine;
        check();
    }

    private void check() {
        if (blocks.x() <= 0 || blocks.y() <= 0 || blocks.z() <= 0 || blocks.y() > 65535 || blocks.z() > 65535) {
            throw refused("blocks " + blocks);
        }
        if (threads.x() <= 0 || threads.y() <= 0 || threads.z() <= 0 || threads.z() > 64) {
            throw refused("threads " + threads);
        }
        if (threads.count() > MOST_THREADS) {
            throw refused("threads " + threads + ", at most " + MOST_THREADS);
        }
        kernel.checkThreads(threads, this);
        if (kernel.sharedBytes() > MOST_STATIC
                || dynamicBytes > kernel.dynamicLimit()
                || sharedBytes() > machine.sharedLimit()) {
            throw refused("shared memory " + kernel.sharedBytes() + " + " + dynamicBytes
                    + " bytes, where the function allows " + kernel.dynamicLimit() + " dynamic ones and the device "
                    + machine.sharedLimit() + " in all");
        }
    }

    Fault refused(String what) {
        return new Fault(Fault.Kind.LAUNCH, what).at("kernel=" + kernel.name());
    }

    Kernel kernel() {
        return kernel;
    }

    Size blocks() {
        return blocks;
    }

    Size threads() {
        return threads;
    }

    int dynamicBytes() {
        return dynamicBytes;
    }

    int sharedBytes() {
        return dynamicBytes == 0 ? kernel.sharedBytes() : kernel.dynamicStart() + dynamicBytes;
    }

    byte[] parameters() {
        return parameters;
    }

    Machine machine() {
        return machine;
    }

    /** How many instructions the warps of one host thread may execute. */
    long budget() {
        return machine.budget();
    }

    /** Runs all blocks, several at a time. */
    void run(Counters total) {
        int count = Math.toIntExact(blocks.count());
        AtomicInteger next = new AtomicInteger();
        AtomicReference<@Nullable Throwable> failed = new AtomicReference<>();
        machine.workers().each(worker -> {
            Counters own = new Counters();
            try {
                Columns[] columns = columns();
                for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                    new Block(this, i, own, columns).run();
                }
            } catch (RuntimeException | Error failure) {
                failed.compareAndSet(null, failure);
                next.set(count);
            }
            synchronized (total) {
                total.add(own);
            }
        });
        switch (failed.get()) {
            case null -> total.launches++;
            case RuntimeException failure -> throw failure;
            case Error failure -> throw failure;
            default -> throw new AssertionError();
        }
    }

    /** Registers of the warps of one block. */
    private Columns[] columns() {
        Columns[] columns = new Columns[(int) (threads.count() + Lanes.COUNT - 1) / Lanes.COUNT];
        Arrays.setAll(columns, i -> new Columns(kernel));
        return columns;
    }

    // where something went wrong

    String place(Block block) {
        return "kernel=" + kernel.name() + ", block=" + blocks.name(block.index());
    }

    String place(Warp warp, int lane, int line) {
        String thread =
                lane < 0 ? "warp=" + warp.index() : "thread=" + threads.name(warp.thread(lane)) + ", lane=" + lane;
        return place(warp.block()) + ", " + thread + ", line " + line + ": " + kernel.text(line);
    }
}
