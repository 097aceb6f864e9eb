package dev.javelin.conformance.broken;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.javelin.api.Dim;
import dev.javelin.api.Value;
import java.lang.foreign.MemorySegment;

/** The elements of an operand in memory, four bytes each. */
record Numbers(MemorySegment memory, int columns) {

    static Numbers of(Value value, MemorySegment memory) {
        return new Numbers(memory, columns(value));
    }

    /** Elements of a row; a vector has rows of one. */
    static int columns(Value value) {
        return value.shape().rank() == 1 ? 1 : value.width();
    }

    /** The rows that there are. */
    static Dim rows(Value value) {
        return value.shape().dims().getFirst();
    }

    int get(int row, int column) {
        return memory.getAtIndex(JAVA_INT, (long) row * columns + column);
    }

    private void set(int row, int column, int bits) {
        memory.setAtIndex(JAVA_INT, (long) row * columns + column, bits);
    }

    /** Takes over the right numbers, but for the change. */
    void take(Numbers right, int rows, Change change, Region region) {
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int bits = region.contains(row, column, rows, columns)
                        ? change.bits(right, get(row, column), row, column)
                        : right.get(row, column);
                set(row, column, bits);
            }
        }
    }
}
