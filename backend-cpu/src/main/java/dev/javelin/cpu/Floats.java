package dev.javelin.cpu;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.javelin.api.Value;
import dev.javelin.kernels.host.PlanMemory;
import java.lang.foreign.MemorySegment;

/**
 * Rows of floats that kernels read and write one by one.
 *
 * @param width floats of a row
 */
record Floats(MemorySegment memory, int width) {

    static Floats of(Value value, PlanMemory<?> memory) {
        return new Floats(memory.of(value), value.width());
    }

    /** Where an element of a row lies. */
    long at(int row, int column) {
        return ((long) row * width + column) * Float.BYTES;
    }

    float get(int row, int column) {
        return memory.get(JAVA_FLOAT, at(row, column));
    }

    void set(int row, int column, float value) {
        memory.set(JAVA_FLOAT, at(row, column), value);
    }

    /** Copies elements of a row to an array. */
    void read(int row, int column, int count, float[] to, int at) {
        MemorySegment.copy(memory, JAVA_FLOAT, at(row, column), to, at, count);
    }

    /** Copies elements of an array to a row. */
    void write(int row, int column, int count, float[] from, int at) {
        MemorySegment.copy(from, at, memory, JAVA_FLOAT, at(row, column), count);
    }

    /** Fills a row with NaN: what it should hold does not exist. */
    void invalidate(int row) {
        for (int column = 0; column < width; column++) {
            set(row, column, Float.NaN);
        }
    }
}
