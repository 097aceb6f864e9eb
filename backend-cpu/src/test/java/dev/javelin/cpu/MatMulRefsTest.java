package dev.javelin.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.javelin.api.Device;
import dev.javelin.api.Format;
import dev.javelin.kernels.refs.QuantsIndex;
import dev.javelin.kernels.refs.QuantsIndex.Entry;
import dev.javelin.kernels.refs.Refs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Products against those of another implementation, in double, for every format that the reference data have. */
@Tag("refs")
final class MatMulRefsTest {
    private static final double TOLERANCE = 1e-5;

    @ParameterizedTest
    @EnumSource
    void productsAreExactButForRounding(VectorWidth width) {
        QuantsIndex index = QuantsIndex.read(Refs.folder("quants"));
        float[] x = index.shared().floats("x");
        List<String> right = new ArrayList<>();
        try (Device device = Rig.open(width, 2)) {
            for (Entry entry : index.entries()) {
                double error = error(device, entry, x);
                assertThat(error).as("%s %s", entry.type(), width).isLessThanOrEqualTo(TOLERANCE);
                right.add(entry.type());
            }
        }
        System.out.printf(
                "cpu %s: matmul %d/%d%n", width, right.size(), index.entries().size());
    }

    /** Relative L2, over all vectors at once, which is one step of several tokens, and over each of them alone. */
    private static double error(Device device, Entry entry, float[] x) {
        int n = entry.w().rows();
        int k = entry.w().cols();
        byte[] matrix = entry.files().bytes("W_quantized");
        double[] exact = entry.files().doubles("y_exact");
        Format format = Format.ofGgufId(entry.ggufId());
        double error = relative(Rig.multiply(device, format, matrix, n, k, x), exact);
        for (int row = 0; row < entry.vectors(); row++) {
            float[] alone = Rig.multiply(device, format, matrix, n, k, Arrays.copyOfRange(x, row * k, (row + 1) * k));
            error = Math.max(error, relative(alone, Arrays.copyOfRange(exact, row * n, (row + 1) * n)));
        }
        return error;
    }

    private static double relative(float[] actual, double[] exact) {
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < exact.length; i++) {
            difference += (actual[i] - exact[i]) * (actual[i] - exact[i]);
            norm += exact[i] * exact[i];
        }
        return Math.sqrt(difference / norm);
    }
}
