package dev.javelin.conformance.broken;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.javelin.api.Attention;
import dev.javelin.api.MatMul;
import dev.javelin.api.Op;
import dev.javelin.api.Precision;
import dev.javelin.api.RmsNorm;
import dev.javelin.api.Step;
import dev.javelin.api.Tensor;
import dev.javelin.api.Value;
import dev.javelin.kernels.host.HostEngine;
import dev.javelin.kernels.host.Kernel;
import dev.javelin.kernels.host.PlanMemory;
import java.util.List;
import java.util.function.Predicate;

/** Results that depend, in their last bit, on what else is in a step. */
final class CompanyFaults {

    private CompanyFaults() {}

    static List<DeviceFault> all() {
        return List.of(
                fault("a product depends on whether it is the only one", MatMul.class, step -> step.tokens() > 1),
                fault("a product depends on whether there are eight", MatMul.class, step -> step.tokens() >= 8),
                fault("a norm depends on the number of rows", RmsNorm.class, step -> step.tokens() % 2 == 0),
                fault("attention depends on other sequences", Attention.class, step -> step.sequences() > 1),
                fault("attention depends on how a prompt is cut", Attention.class, step -> step.count(0) > 7));
    }

    private static <T extends Op> DeviceFault fault(String name, Class<T> kind, Predicate<Step> when) {
        Fault fault = new Peculiar<>(
                kind, name, (op, limits) -> true, (op, memory, right) -> bitwise(op, when, memory, right));
        return new DeviceFault("company", name, () -> FaultyEngine.device(fault));
    }

    private static Kernel bitwise(Op op, Predicate<Step> when, PlanMemory<Tensor> memory, HostEngine<Tensor> right) {
        Kernel kernel = right.compile(op, memory, Precision.EXACT);
        Value out = op.writes().getFirst();
        return step -> {
            kernel.run(step);
            if (when.test(step)) {
                long elements = (long) Numbers.rows(out).in(step) * Numbers.columns(out);
                for (long i = 0; i < elements; i++) {
                    memory.of(out).setAtIndex(JAVA_INT, i, memory.of(out).getAtIndex(JAVA_INT, i) ^ 1);
                }
            }
        };
    }
}
