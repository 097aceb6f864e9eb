package dev.javelin.conformance.broken;

import dev.javelin.api.Limits;
import dev.javelin.api.Op;
import dev.javelin.api.Precision;
import dev.javelin.api.Step;
import dev.javelin.api.StepColumn;
import dev.javelin.api.Tensor;
import dev.javelin.kernels.host.HostEngine;
import dev.javelin.kernels.host.Kernel;
import dev.javelin.kernels.host.PlanMemory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.stream.Stream;

/** An operation misreads a column of the step. */
record StepFault(Class<? extends Op> op, StepColumn column, String words, Misreading misreading) implements Fault {

    /** Turns a step, of which there is a copy, into what the operation takes it for. */
    @FunctionalInterface
    interface Misreading {
        void misread(Cells cells, Step step);
    }

    @Override
    public String name() {
        return "%s: %s %s".formatted(op.getSimpleName(), column, words);
    }

    @Override
    public boolean concerns(Op other, Limits limits) {
        Limits.Extras extras = limits.extras();
        boolean carried = switch (column) {
            case MASKED, ALLOWED -> extras.vocabulary() > 0;
            case BIAS_ROW, BIAS_TOKEN, BIAS_VALUE -> extras.biases() > 0;
            case TREE, VISIBLE -> extras.trees();
            case EMBEDDINGS -> extras.embeddingWidth() > 0;
            default -> true;
        };
        return carried && op.isInstance(other);
    }

    @Override
    public Kernel compile(Op other, PlanMemory<Tensor> memory, HostEngine<Tensor> right) {
        Kernel kernel = right.compile(other, memory, Precision.EXACT);
        return step -> {
            byte[] good = step.memory().toArray(ValueLayout.JAVA_BYTE);
            try {
                misreading.misread(new Cells(step, column), step);
                kernel.run(step);
            } finally {
                step.memory().copyFrom(MemorySegment.ofArray(good));
            }
        };
    }

    /** Whatever can be misread, by whoever reads it. */
    static List<StepFault> all() {
        return Stream.of(TokenMisreadings.all(), StateMisreadings.all(), ChoiceMisreadings.all())
                .flatMap(List::stream)
                .toList();
    }
}
