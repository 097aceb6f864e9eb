package dev.javelin.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.javelin.api.Device;
import dev.javelin.api.Format;
import dev.javelin.kernels.format.Codec;
import dev.javelin.kernels.format.Codecs;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Products are the same, bit for bit, whatever the threads, the width, and the other rows of the step. */
final class SameNumbersTest {
    private static final int N = 37; // not a multiple of any number of lanes
    private static final int MOST_ROWS = 67; // more than a batch, with one left over

    /** Those in panels, and one of those that are decoded tile by tile, all in the same way. */
    static Stream<Format> formats() {
        WidthKernels kernels = WidthKernels.of(VectorWidth.BITS_128);
        return Stream.of(Format.values()).filter(format -> kernels.panels(format) != null || format == Format.IQ3_S);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void whateverTheCompany(Format format) {
        int k = 3 * Math.max(format.blockLength(), 31);
        byte[] matrix = matrix(format, k);
        float[] x = activations(MOST_ROWS * k);
        float[] expected = alone(format, matrix, k, x);
        for (int threads : new int[] {1, 2, 3, 5}) {
            for (VectorWidth width : widths()) {
                try (Device device = Rig.open(width, threads)) {
                    for (int rows : new int[] {2, 3, 8, 9, 10, 11, MOST_ROWS}) {
                        float[] some = Arrays.copyOf(x, rows * k);
                        assertThat(Rig.multiply(device, format, matrix, N, k, some))
                                .as("%s, %d threads, %s, %d rows", format, threads, width, rows)
                                .isEqualTo(Arrays.copyOf(expected, rows * N));
                    }
                }
            }
        }
    }

    /** Each row in a step of its own, on one thread. */
    private static float[] alone(Format format, byte[] matrix, int k, float[] x) {
        float[] all = new float[MOST_ROWS * N];
        try (Device device = Rig.open(VectorWidth.BITS_128, 1)) {
            for (int row = 0; row < MOST_ROWS; row++) {
                float[] one = Arrays.copyOfRange(x, row * k, (row + 1) * k);
                System.arraycopy(Rig.multiply(device, format, matrix, N, k, one), 0, all, row * N, N);
            }
        }
        return all;
    }

    private static VectorWidth[] widths() {
        return Stream.of(VectorWidth.values()).filter(CpuDevice::has).toArray(VectorWidth[]::new);
    }

    /** Random bytes, again and again where they decode to something that is no number. */
    private static byte[] matrix(Format format, int k) {
        SplittableRandom random = new SplittableRandom(format.ggufId());
        Codec codec = Codecs.of(format);
        byte[] matrix = new byte[Math.toIntExact(format.bytes((long) N * k))];
        byte[] block = new byte[format.blockBytes()];
        float[] weights = new float[format.blockLength()];
        for (int at = 0; at < matrix.length; at += block.length) {
            do {
                random.nextBytes(block);
                codec.decode(MemorySegment.ofArray(block), 0, weights, 0, weights.length);
            } while (!isTame(weights));
            System.arraycopy(block, 0, matrix, at, block.length);
        }
        return matrix;
    }

    private static boolean isTame(float[] weights) {
        for (float weight : weights) {
            if (!(Math.abs(weight) < 1e6)) {
                return false;
            }
        }
        return true;
    }

    private static float[] activations(int count) {
        SplittableRandom random = new SplittableRandom(count);
        float[] x = new float[count];
        for (int i = 0; i < count; i++) {
            x[i] = (float) (random.nextGaussian() * (i % 97 == 0 ? 1e5 : 1));
        }
        return x;
    }
}
