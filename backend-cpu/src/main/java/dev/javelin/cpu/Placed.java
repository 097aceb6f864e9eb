package dev.javelin.cpu;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A weight as the kernels of this backend read it: in the one or two forms that its uses ask for.
 *
 * @param matrixOrNull to multiply with or gather from
 * @param vectorOrNull floats one after the other, aligned
 * @param retainsSource whether the matrix lies where the source has it
 */
record Placed(@Nullable Matrix matrixOrNull, @Nullable MemorySegment vectorOrNull, boolean retainsSource) {

    Matrix matrix() {
        return present(matrixOrNull, "a matrix");
    }

    MemorySegment vector() {
        return present(vectorOrNull, "a vector");
    }

    private static <T> T present(@Nullable T form, String use) {
        if (form == null) {
            throw new IllegalStateException("the weight was not placed for use as " + use);
        }
        return form;
    }
}
