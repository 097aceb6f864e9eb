package dev.javelin.kernels.reference;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.javelin.api.Value;
import dev.javelin.kernels.host.PlanMemory;
import java.lang.foreign.MemorySegment;

/** The floats of an operand, row by row. Read as doubles; what is written is rounded. */
record Floats(MemorySegment memory, int width) {

    /** Where the plan keeps an input or a result. */
    static Floats of(Value value, PlanMemory<?> memory) {
        return new Floats(memory.of(value), value.width());
    }

    /** All floats for which there is room. */
    long elements() {
        return memory.byteSize() / Float.BYTES;
    }

    double get(long index) {
        return memory.getAtIndex(JAVA_FLOAT, index);
    }

    double get(long row, int column) {
        return get(row * width + column);
    }

    void set(long index, double value) {
        memory.setAtIndex(JAVA_FLOAT, index, (float) value);
    }

    void set(long row, int column, double value) {
        set(row * width + column, value);
    }

    /** Copies a row into the array. */
    void read(long row, float[] to) {
        MemorySegment.copy(memory, JAVA_FLOAT, row * width * Float.BYTES, to, 0, width);
    }

    /** Overwrites a row with the array. */
    void write(long row, float[] from) {
        MemorySegment.copy(from, 0, memory, JAVA_FLOAT, row * width * Float.BYTES, width);
    }

    /** Makes all of a row NaN: there is no right number for it. */
    void invalidate(long row) {
        for (int column = 0; column < width; column++) {
            set(row, column, Double.NaN);
        }
    }
}
