package dev.javelin.conformance.broken;

import dev.javelin.api.Completion;
import dev.javelin.api.OpTime;
import dev.javelin.api.Plan;
import dev.javelin.api.PlanSpec;
import dev.javelin.api.Step;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Hands everything on to another plan. */
class RelayPlan implements Plan {

    final Plan right;

    RelayPlan(Plan right) {
        this.right = right;
    }

    @Override
    public PlanSpec spec() {
        return right.spec();
    }

    @Override
    public Completion run(Step step) {
        return right.run(step);
    }

    @Override
    public MemorySegment output(String name) {
        return right.output(name);
    }

    @Override
    public List<OpTime> profile() {
        return right.profile();
    }

    @Override
    public void close() {
        right.close();
    }
}
