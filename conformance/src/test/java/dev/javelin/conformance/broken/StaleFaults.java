package dev.javelin.conformance.broken;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.javelin.api.Embed;
import dev.javelin.api.MatMul;
import dev.javelin.api.Precision;
import dev.javelin.api.Tensor;
import dev.javelin.api.Value;
import dev.javelin.kernels.host.HostEngine;
import dev.javelin.kernels.host.Kernel;
import dev.javelin.kernels.host.PlanMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** What an earlier run, other rows or the number of rows leave behind where they should not. */
final class StaleFaults {

    private StaleFaults() {}

    static List<Fault> all() {
        return List.of(
                new Peculiar<>(
                        MatMul.class,
                        "the second run is off by one bit",
                        (op, limits) -> true,
                        StaleFaults::differentAgain),
                new Peculiar<>(
                        MatMul.class,
                        "writes to its x",
                        (op, limits) -> op.x().kind() == Value.Kind.INPUT,
                        StaleFaults::scribble));
    }

    /** Shows only over several runs, each of which takes what the one before chose. */
    static DeviceFault late() {
        Fault fault = new Peculiar<>(
                Embed.class, "ids fed back are one run late", (op, limits) -> true, StaleFaults::oneRunLate);
        return new DeviceFault("plans", fault.name(), () -> FaultyEngine.device(fault));
    }

    private static Kernel oneRunLate(Embed op, PlanMemory<Tensor> memory, HostEngine<Tensor> right) {
        MemorySegment late = Arena.ofAuto().allocate(memory.feedback().byteSize(), Integer.BYTES);
        Kernel kernel = right.compile(op, AlteredMemory.of(memory).withFeedback(late), Precision.EXACT);
        return step -> {
            kernel.run(step);
            late.copyFrom(memory.feedback());
        };
    }

    private static Kernel differentAgain(MatMul op, PlanMemory<Tensor> memory, HostEngine<Tensor> right) {
        Kernel kernel = right.compile(op, memory, Precision.EXACT);
        AtomicInteger runs = new AtomicInteger();
        return step -> {
            kernel.run(step);
            if (runs.getAndIncrement() > 0) {
                flip(memory.of(op.out()), 0);
            }
        };
    }

    private static Kernel scribble(MatMul op, PlanMemory<Tensor> memory, HostEngine<Tensor> right) {
        Kernel kernel = right.compile(op, memory, Precision.EXACT);
        return step -> {
            kernel.run(step);
            flip(memory.of(op.x()), 0);
        };
    }

    /** Changes the last bit of a number. */
    private static void flip(MemorySegment numbers, long index) {
        numbers.setAtIndex(JAVA_INT, index, numbers.getAtIndex(JAVA_INT, index) ^ 1);
    }
}
