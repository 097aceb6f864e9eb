package dev.javelin.kernels.gpu;

import dev.javelin.api.Limits;
import dev.javelin.api.Op;
import dev.javelin.api.Program;
import dev.javelin.kernels.device.Bytes;
import java.util.ArrayList;
import java.util.List;

/** Where the pieces of scratch memory lie that an operation's launches work in: all operations use the same memory in turn. */
final class Scratch {
    private Scratch() {}

    /** Where each piece begins, and behind them where the last one ends. */
    static List<Long> offsets(GpuKernels kernels, Op op, Limits limits, long alignment) {
        List<Long> offsets = new ArrayList<>();
        long end = 0;
        for (long bytes : kernels.scratch(op, limits)) {
            offsets.add(end);
            end = Bytes.sum(end, Bytes.aligned(bytes, alignment));
        }
        offsets.add(end);
        return offsets;
    }

    /** Bytes of the operation that needs most. */
    static long bytes(GpuKernels kernels, Program lowered, Limits limits, long alignment) {
        long most = 0;
        for (Op op : lowered.ops()) {
            most = Math.max(most, offsets(kernels, op, limits, alignment).getLast());
        }
        return most;
    }
}
