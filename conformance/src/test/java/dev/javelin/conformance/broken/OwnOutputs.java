package dev.javelin.conformance.broken;

import dev.javelin.api.Completion;
import dev.javelin.api.Output;
import dev.javelin.api.Plan;
import dev.javelin.api.Step;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;

/** A plan with outputs in memory that is never taken away, for subclasses to do something to them. */
class OwnOutputs extends RelayPlan {

    final Map<String, MemorySegment> own = new LinkedHashMap<>();

    OwnOutputs(Plan right) {
        super(right);
    }

    /** After a run, takes over what the other plan gave. */
    void take(String name, MemorySegment from) {
        own(name, from.byteSize()).copyFrom(from);
    }

    final MemorySegment own(String name, long bytes) {
        return own.computeIfAbsent(name, fresh -> Arena.ofAuto().allocate(bytes, Long.BYTES));
    }

    @Override
    public Completion run(Step step) {
        Completion run = right.run(step);
        takeAll();
        return run;
    }

    private void takeAll() {
        for (Output output : spec().program().outputs()) {
            String name = output.value().name();
            try {
                take(name, right.output(name));
            } catch (IllegalArgumentException bound) {
                // it lies in a buffer
            }
        }
    }

    @Override
    public MemorySegment output(String name) {
        long bytes = right.output(name).byteSize();
        return own(name, bytes);
    }
}
