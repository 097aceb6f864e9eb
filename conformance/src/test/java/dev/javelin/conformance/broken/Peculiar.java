package dev.javelin.conformance.broken;

import dev.javelin.api.Limits;
import dev.javelin.api.Op;
import dev.javelin.api.Tensor;
import dev.javelin.kernels.host.HostEngine;
import dev.javelin.kernels.host.Kernel;
import dev.javelin.kernels.host.PlanMemory;
import java.util.function.BiPredicate;

/** A fault of one kind of operation that is no matter of a single component. */
record Peculiar<T extends Op>(Class<T> op, String words, BiPredicate<T, Limits> when, Compiler<T> compiler)
        implements Fault {

    /** Makes the wrong kernel. */
    @FunctionalInterface
    interface Compiler<T> {
        Kernel compile(T op, PlanMemory<Tensor> memory, HostEngine<Tensor> right);
    }

    @Override
    public String name() {
        return op.getSimpleName() + ": " + words;
    }

    @Override
    public boolean concerns(Op other, Limits limits) {
        return op.isInstance(other) && when.test(op.cast(other), limits);
    }

    @Override
    public Kernel compile(Op other, PlanMemory<Tensor> memory, HostEngine<Tensor> right) {
        return compiler.compile(op.cast(other), memory, right);
    }
}
