package dev.javelin.kernels.reference;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.javelin.api.Value;
import dev.javelin.kernels.host.PlanMemory;
import java.lang.foreign.MemorySegment;

/** The ids or indices of an operand. */
record Ints(MemorySegment memory) {

    /** Where the plan keeps an input or a result. */
    static Ints of(Value value, PlanMemory<?> memory) {
        return new Ints(memory.of(value));
    }

    int get(long index) {
        return memory.getAtIndex(JAVA_INT, index);
    }

    void set(long index, int value) {
        memory.setAtIndex(JAVA_INT, index, value);
    }
}
