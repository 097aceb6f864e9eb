package dev.javelin.conformance.broken;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.javelin.api.Step;
import dev.javelin.api.StepColumn;
import java.util.function.IntUnaryOperator;

/** One column of a step, to be written to past the step's methods. For one thread. */
record Cells(Step step, StepColumn column) {

    int get(int row, int index) {
        return step.memory().get(JAVA_INT, at(row, index));
    }

    void set(int row, int index, int value) {
        step.memory().set(JAVA_INT, at(row, index), value);
    }

    int get(int row) {
        return get(row, 0);
    }

    void set(int row, int value) {
        set(row, 0, value);
    }

    /** Numbers of a row. */
    int width() {
        return Math.toIntExact(step.layout().rowBytes(column) / Integer.BYTES);
    }

    /** Changes the first numbers of the first rows, each on its own. */
    void each(int rows, IntUnaryOperator change) {
        for (int row = 0; row < rows; row++) {
            set(row, change.applyAsInt(get(row)));
        }
    }

    /** Sets the first numbers of the first rows, each by its row. */
    void fill(int rows, IntUnaryOperator value) {
        for (int row = 0; row < rows; row++) {
            set(row, value.applyAsInt(row));
        }
    }

    private long at(int row, int index) {
        return step.layout().offset(column) + row * step.layout().rowBytes(column) + (long) index * Integer.BYTES;
    }
}
