package dev.javelin.conformance.broken;

import dev.javelin.api.Completion;
import dev.javelin.api.OpTime;
import dev.javelin.api.Plan;
import dev.javelin.api.PlanSpec;
import dev.javelin.api.Step;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A plan that is made ready when it is first used. */
final class LatePlan implements Plan {

    private final Supplier<Plan> maker;
    private final PlanSpec spec;
    private @Nullable Plan plan;

    LatePlan(Supplier<Plan> maker, PlanSpec spec) {
        this.maker = maker;
        this.spec = spec;
    }

    private Plan plan() {
        if (plan == null) {
            plan = maker.get();
        }
        return plan;
    }

    @Override
    public PlanSpec spec() {
        return spec;
    }

    @Override
    public Completion run(Step step) {
        return plan().run(step);
    }

    @Override
    public MemorySegment output(String name) {
        return plan().output(name);
    }

    @Override
    public List<OpTime> profile() {
        return plan().profile();
    }

    @Override
    public void close() {
        if (plan != null) {
            plan.close();
        }
    }
}
