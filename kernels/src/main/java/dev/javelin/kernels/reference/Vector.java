package dev.javelin.kernels.reference;

import dev.javelin.api.Tensor;
import dev.javelin.api.Value;
import dev.javelin.kernels.host.PlanMemory;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** A small F32 weight such as a norm or a bias, read when the plan is prepared. */
final class Vector {
    private final float[] elements;
    private final float otherwise;

    private Vector(float[] elements, float otherwise) {
        this.elements = elements;
        this.otherwise = otherwise;
    }

    static Vector of(Value weight, PlanMemory<Tensor> memory) {
        WeightRows rows = new WeightRows(weight, memory);
        float[] elements = new float[Math.toIntExact(rows.count() * rows.width())];
        for (int row = 0; row < rows.count(); row++) {
            System.arraycopy(rows.read(row), 0, elements, row * rows.width(), rows.width());
        }
        return new Vector(elements, 0);
    }

    /** The weight, or the same number everywhere where there is none. */
    static Vector ofOr(@Nullable Value weight, float otherwise, PlanMemory<Tensor> memory) {
        return weight == null ? new Vector(new float[0], otherwise) : of(weight, memory);
    }

    int size() {
        return elements.length;
    }

    /** The same as an operand of one row. */
    Floats floats() {
        return new Floats(MemorySegment.ofArray(elements), elements.length);
    }

    double get(int index) {
        return elements.length == 0 ? otherwise : elements[index];
    }
}
