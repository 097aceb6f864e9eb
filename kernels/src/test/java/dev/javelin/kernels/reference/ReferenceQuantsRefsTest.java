package dev.javelin.kernels.reference;

import static dev.javelin.api.Dim.Symbol.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.javelin.api.Format;
import dev.javelin.api.MatMul;
import dev.javelin.api.Shape;
import dev.javelin.api.Tensor;
import dev.javelin.api.Value;
import dev.javelin.kernels.refs.QuantsIndex;
import dev.javelin.kernels.refs.QuantsIndex.Entry;
import dev.javelin.kernels.refs.Refs;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The product with a matrix of every format of the reference index, on the reference device. */
@Tag("refs")
final class ReferenceQuantsRefsTest {
    private static final double TOLERANCE = 1e-5; // relative, L2

    @Test
    void matrixTimesVectorEqualsTheReference() {
        QuantsIndex index = QuantsIndex.read(Refs.folder("quants"));
        List<String> failures = new ArrayList<>();
        double worst = 0;
        for (Entry entry : index.entries()) {
            double error = error(multiply(index, entry), entry.files().doubles("y_exact"));
            worst = Math.max(worst, error);
            if (!(error <= TOLERANCE)) {
                failures.add("%s: relative L2 error %.3g".formatted(entry, error));
            }
        }
        int all = index.entries().size();
        System.out.printf(Locale.ROOT, "matvec %d/%d, largest error %.2g%n", all - failures.size(), all, worst);
        assertThat(failures).isEmpty();
    }

    private static float[] multiply(QuantsIndex index, Entry entry) {
        int vectors = entry.vectors();
        int width = entry.w().cols();
        int rows = entry.w().rows();
        Format format = Format.valueOf(entry.type());
        MemorySegment bytes = MemorySegment.ofArray(entry.files().bytes("W_quantized"));
        try (Rig rig = new Rig(vectors)) {
            Value x = rig.input("x", Shape.rows(TOKENS, width), index.shared().floats("x"));
            Value matrix = rig.weight(new Tensor("W", format, Shape.of(rows, width), bytes));
            Value y = rig.result("y", Shape.rows(TOKENS, rows));
            rig.add(new MatMul(y, x, matrix));
            return rig.floats(rig.step(vectors), y);
        }
    }

    private static double error(float[] actual, double[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        double difference = 0;
        double size = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += (actual[i] - expected[i]) * (actual[i] - expected[i]);
            size += expected[i] * expected[i];
        }
        return Math.sqrt(difference / size);
    }
}
