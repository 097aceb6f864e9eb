package dev.javelin.kernels.gpu;

import dev.javelin.api.Bindings;
import dev.javelin.api.Dim;
import dev.javelin.api.Limits;
import dev.javelin.api.Output;
import dev.javelin.api.Program;
import dev.javelin.api.Step;
import dev.javelin.api.Value;
import dev.javelin.api.Want;
import dev.javelin.kernels.device.Bytes;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The outputs of a plan that come back to host memory, all in one block. */
final class PlanOutputs {
    private static final long ALIGNMENT = 64;

    private static final int ALWAYS = -1;

    /**
     * One output and where it goes.
     *
     * @param wants bits of the wishes that bring it back
     */
    private record Back(Dim rows, int wants, long rowBytes, long memory, HostBlock to) {}

    private final List<Back> all = new ArrayList<>();
    private final Map<String, MemorySegment> byName = new LinkedHashMap<>();

    /** Those that are not bound. */
    PlanOutputs(GpuPlan plan, PlanMemory memory, Program program, Limits limits, Bindings bindings) {
        List<Value> values = program.outputs().stream()
                .map(Output::value)
                .filter(value -> !bindings.buffers().containsKey(value.name()))
                .distinct()
                .toList();
        long bytes = 0;
        for (Value value : values) {
            bytes = Bytes.sum(bytes, Bytes.aligned(value.bytes(limits), ALIGNMENT));
        }
        if (values.isEmpty()) {
            return;
        }
        HostBlock block = plan.openHost(bytes);
        long at = 0;
        for (Value value : values) {
            long size = value.bytes(limits);
            HostBlock part = block.part(at, size);
            all.add(new Back(
                    value.rows(), wants(program, value), size / value.rows().most(limits), memory.of(value), part));
            byName.put(value.name(), part.memory().asReadOnly());
            at = Bytes.aligned(at + size, ALIGNMENT);
        }
    }

    private static int wants(Program program, Value value) {
        int bits = 0;
        for (Output output : program.outputs()) {
            if (output.value().equals(value)) {
                Want want = output.want();
                bits |= want == null ? ALWAYS : want.bit();
            }
        }
        return bits;
    }

    /** Enqueues bringing back the rows of the step, of outputs that one of them wants. */
    void bringBack(Step step, GpuDriver driver) {
        int wanted = 0;
        for (int row = 0; row < step.outputs(); row++) {
            wanted |= step.wants(row);
        }
        for (int i = 0; i < all.size(); i++) {
            Back one = all.get(i);
            long bytes = one.rows().in(step) * one.rowBytes();
            if (bytes > 0 && (one.wants() == ALWAYS || (one.wants() & wanted) != 0)) {
                driver.read(one.memory(), 0, one.to(), bytes);
            }
        }
    }

    /** Null if it does not come back. */
    @Nullable
    MemorySegment of(String name) {
        return byName.get(name);
    }

    @Override
    public String toString() {
        return byName.keySet().toString();
    }
}
