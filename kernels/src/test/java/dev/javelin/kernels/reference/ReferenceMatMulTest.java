package dev.javelin.kernels.reference;

import static dev.javelin.api.Dim.Symbol.OUTPUTS;
import static dev.javelin.api.Dim.Symbol.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.javelin.api.Format;
import dev.javelin.api.MatMul;
import dev.javelin.api.Shape;
import dev.javelin.api.Tensor;
import dev.javelin.api.Value;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ReferenceMatMulTest {

    @Test
    void multipliesEachRowWithEachRowOfTheMatrix() {
        try (Rig rig = new Rig(2)) {
            Value x = rig.input("x", Shape.rows(TOKENS, 2), 1, 2, 3, 4);
            Value matrix = rig.weight("matrix", Shape.of(3, 2), 1, 0, 0, 1, 10, -1);
            Value out = rig.result("out", Shape.rows(TOKENS, 3));
            rig.add(new MatMul(out, x, matrix));

            assertThat(rig.floats(rig.step(2), out)).containsExactly(1, 2, 8, 3, 4, 26);
        }
    }

    @Test
    void scalesTheProductButNotTheBias() {
        try (Rig rig = new Rig(1)) {
            Value x = rig.input("x", Shape.rows(TOKENS, 2), 1, 2);
            Value matrix = rig.weight("matrix", Shape.of(2, 2), 1, 1, 2, 3);
            Value bias = rig.weight("bias", Shape.of(2), 100, 200);
            Value scale = rig.weight("scale", Shape.of(1), 0.5f);
            Value both = rig.result("both", Shape.rows(TOKENS, 2));
            Value biased = rig.result("biased", Shape.rows(TOKENS, 2));
            Value scaled = rig.result("scaled", Shape.rows(TOKENS, 2));
            rig.add(new MatMul(both, x, matrix, bias, scale));
            rig.add(new MatMul(biased, x, matrix, bias, null));
            rig.add(new MatMul(scaled, x, matrix, null, scale));

            Rig.Numbers numbers = rig.run(rig.step(1), both, biased, scaled);

            assertThat(numbers.floats(both)).containsExactly(101.5f, 204);
            assertThat(numbers.floats(biased)).containsExactly(103, 208);
            assertThat(numbers.floats(scaled)).containsExactly(1.5f, 4);
        }
    }

    @Test
    void addsUpInDouble() {
        try (Rig rig = new Rig(1)) {
            Value x = rig.input("x", Shape.rows(TOKENS, 3), 1e8f, 1, -1e8f);
            Value matrix = rig.weight("matrix", Shape.of(1, 3), 1, 1, 1);
            Value out = rig.result("out", Shape.rows(TOKENS, 1));
            rig.add(new MatMul(out, x, matrix));

            assertThat(rig.floats(rig.step(1), out)).containsExactly(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "F16", "BF16", "Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q8_0"})
    void equalsTheFormulaInEveryRowOfEveryFormat(Format format) {
        int rows = 33;
        int width = 96;
        int columns = 7;
        float[] numbers = Samples.gaussian(1, columns * width);
        float[] inputs = Samples.gaussian(2, rows * width);
        try (Rig rig = new Rig(rows)) {
            Value x = rig.input("x", Shape.rows(TOKENS, width), inputs);
            Value matrix = rig.weight(Samples.tensor("matrix", format, Shape.of(columns, width), numbers));
            Value out = rig.result("out", Shape.rows(TOKENS, columns));
            rig.add(new MatMul(out, x, matrix));

            float[] actual = rig.floats(rig.step(rows), out);

            assertThat(actual).containsExactly(products(inputs, Samples.rounded(format, numbers), width));
            float[] first = rig.floats(rig.step(1), out);
            assertThat(first).as("alone").containsExactly(Arrays.copyOf(actual, columns));
        }
    }

    @Test
    void readsSlicesOfRowsAndOfColumnsInPlace() {
        float[] numbers = Samples.gaussian(3, 6 * 96);
        float[] inputs = Samples.gaussian(4, 32);
        Tensor whole = Samples.tensor("whole", Format.Q8_0, Shape.of(6, 96), numbers);
        Tensor slice = whole.sliceRows(2, 5).sliceColumns(32, 64);
        float[] decoded = Samples.rounded(Format.Q8_0, numbers);
        float[] cut = new float[3 * 32];
        for (int row = 0; row < 3; row++) {
            System.arraycopy(decoded, (row + 2) * 96 + 32, cut, row * 32, 32);
        }
        try (Rig rig = new Rig(1)) {
            Value x = rig.input("x", Shape.rows(TOKENS, 32), inputs);
            Value out = rig.result("out", Shape.rows(TOKENS, 3));
            rig.add(new MatMul(out, x, rig.weight(slice)));

            assertThat(rig.floats(rig.step(1), out)).containsExactly(products(inputs, cut, 32));
        }
    }

    @Test
    void worksOnOutputRowsAndOnRowsOfConstantNumber() {
        try (Rig rig = new Rig(3)) {
            Value matrix = rig.weight("matrix", Shape.of(1, 1), 2);
            Value outputs = rig.input("outputs", Shape.rows(OUTPUTS, 1), 1, 2, 3);
            Value fixed = rig.input("fixed", Shape.of(2, 1), 4, 5);
            Value ofOutputs = rig.result("ofOutputs", Shape.rows(OUTPUTS, 1));
            Value ofFixed = rig.result("ofFixed", Shape.of(2, 1));
            rig.add(new MatMul(ofOutputs, outputs, matrix));
            rig.add(new MatMul(ofFixed, fixed, matrix));

            Rig.Numbers numbers = rig.run(rig.step(2), ofOutputs, ofFixed);

            assertThat(numbers.floats(ofOutputs)).containsExactly(2, 4);
            assertThat(numbers.floats(ofFixed)).containsExactly(8, 10);
        }
    }

    @Test
    void passesNaNOnInItsRowOnly() {
        try (Rig rig = new Rig(2)) {
            Value x = rig.input("x", Shape.rows(TOKENS, 2), Float.NaN, 0, 1, 1);
            Value matrix = rig.weight(
                    new Tensor("matrix", Format.F32, Shape.of(1, 2), MemorySegment.ofArray(new float[] {1, 2})));
            Value out = rig.result("out", Shape.rows(TOKENS, 1));
            rig.add(new MatMul(out, x, matrix));

            assertThat(rig.floats(rig.step(2), out)).containsExactly(Float.NaN, 3);
        }
    }

    private static float[] products(float[] x, float[] matrix, int width) {
        int columns = matrix.length / width;
        float[] products = new float[x.length / width * columns];
        for (int i = 0; i < products.length; i++) {
            double sum = 0;
            for (int j = 0; j < width; j++) {
                sum += (double) x[i / columns * width + j] * matrix[i % columns * width + j];
            }
            products[i] = (float) sum;
        }
        return products;
    }
}
