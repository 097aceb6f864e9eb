package dev.javelin.conformance.broken;

import dev.javelin.api.KvGroup;
import dev.javelin.api.Limits;
import dev.javelin.api.Op;
import dev.javelin.api.Precision;
import dev.javelin.api.StateGroup;
import dev.javelin.api.StateSpec;
import dev.javelin.api.Step;
import dev.javelin.api.Tensor;
import dev.javelin.kernels.host.HostEngine;
import dev.javelin.kernels.host.Kernel;
import dev.javelin.kernels.host.PlanMemory;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An operation works on another group of the same form: its tables and its blocks, but with the right window. */
record Elsewhere(Class<? extends Op> op) implements Fault {

    @Override
    public String name() {
        return op.getSimpleName() + ": group.name taken for that of another group";
    }

    /** It takes a state of several groups. */
    @Override
    public String family() {
        return "Sequences";
    }

    @Override
    public boolean concerns(Op other, Limits limits) {
        return op.isInstance(other);
    }

    @Override
    public Kernel compile(Op other, PlanMemory<Tensor> memory, HostEngine<Tensor> right) {
        return new Wandering(other, memory, right);
    }

    /** Which groups there are is first seen in a step. */
    private static final class Wandering implements Kernel {
        private final Op op;
        private final PlanMemory<Tensor> memory;
        private final HostEngine<Tensor> right;
        private @Nullable Kernel kernel;

        Wandering(Op op, PlanMemory<Tensor> memory, HostEngine<Tensor> right) {
            this.op = op;
            this.memory = memory;
            this.right = right;
        }

        @Override
        public void run(Step step) {
            if (kernel == null) {
                StateGroup own = op.groups().getFirst();
                StateSpec states = Objects.requireNonNull(step.layout().states());
                StateGroup found = states.groups().stream()
                        .map(StateSpec.Blocks::group)
                        .filter(group -> !group.equals(own) && alike(group, own))
                        .findFirst()
                        .orElse(own);
                kernel = right.compile(op, AlteredMemory.of(memory).with(own, found), Precision.EXACT);
            }
            kernel.run(step);
        }

        private static boolean alike(StateGroup one, StateGroup other) {
            return one instanceof KvGroup own
                    && other instanceof KvGroup found
                    && own.layers() == found.layers()
                    && own.kvHeads() == found.kvHeads()
                    && own.keySize() == found.keySize()
                    && own.valueSize() == found.valueSize()
                    && own.keyFormat() == found.keyFormat()
                    && own.valueFormat() == found.valueFormat();
        }
    }
}
