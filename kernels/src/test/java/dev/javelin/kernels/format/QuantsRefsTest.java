package dev.javelin.kernels.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.javelin.api.Format;
import dev.javelin.kernels.refs.QuantsIndex;
import dev.javelin.kernels.refs.QuantsIndex.Entry;
import dev.javelin.kernels.refs.Refs;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Every format of the reference index: ids and sizes, decoding, and the encoders that must agree byte for byte. */
@Tag("refs")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QuantsRefsTest {

    /** Formats whose encoding is fixed by definition, so that every implementation writes the same bytes. */
    private static final Set<Format> FIXED_ENCODING =
            Set.of(Format.F16, Format.BF16, Format.Q4_0, Format.Q4_1, Format.Q5_0, Format.Q5_1, Format.Q8_0);

    private QuantsIndex index;

    @BeforeAll
    void readIndex() {
        index = QuantsIndex.read(Refs.folder("quants"));
    }

    @Test
    void formatsHaveTheIdsAndSizesOfTheIndex() {
        for (Entry entry : index.entries()) {
            Format format = Format.valueOf(entry.type());
            assertThat(List.of(format.ggufId(), format.blockLength(), format.blockBytes()))
                    .as(entry.type())
                    .containsExactly(entry.ggufId(), entry.blockLength(), entry.blockBytes());
            assertThat(Format.ofGgufId(entry.ggufId())).isEqualTo(format);
        }
        report("ids and sizes", index.entries().size(), "");
    }

    @Test
    void decodingEqualsTheReference() {
        List<String> failures = new ArrayList<>();
        long values = 0;
        long bitEqual = 0;
        for (Entry entry : index.entries()) {
            Comparison comparison = new Comparison();
            comparison.add(entry, "quantized", "dequantized", entry.source().size());
            if (entry.randomBlocks() > 0) {
                comparison.add(
                        entry, "random_blocks", "random_dequantized", entry.randomBlocks() * entry.blockLength());
            }
            values += comparison.values;
            bitEqual += comparison.bitEqual;
            if (comparison.beyondOneUlp > 0) {
                failures.add(entry + ": " + comparison.beyondOneUlp + " of " + comparison.values
                        + " differ by more than 1 ulp");
            }
        }
        report("decoded", index.entries().size() - failures.size(), ", bit-equal values " + bitEqual + "/" + values);
        assertThat(failures).isEmpty();
    }

    @Test
    void encodingEqualsTheReference() {
        List<String> failures = new ArrayList<>();
        int cases = 0;
        for (Entry entry : index.entries()) {
            Format format = Format.valueOf(entry.type());
            if (!FIXED_ENCODING.contains(format)) {
                continue;
            }
            cases += 2;
            compareBytes(format, index.shared().floats("source"), entry.files().bytes("quantized"), "source", failures);
            compareBytes(format, index.shared().floats("W"), entry.files().bytes("W_quantized"), "W", failures);
        }
        if (index.shared().has("x_q8_K")) {
            cases++;
            compareBytes(Format.Q8_K, index.shared().floats("x"), index.shared().bytes("x_q8_K"), "x", failures);
        }
        System.out.printf(Locale.ROOT, "quants encoded byte-equal %d/%d%n", cases - failures.size(), cases);
        assertThat(failures).isEmpty();
        assertThat(cases).isPositive();
    }

    /**
     * ggml's vector code for activations multiplies with 127 / peak and rounds ties to even, its plain code with 1 / scale and
     * rounds them away from zero. So next to a tie either neighbour is right.
     */
    @Test
    void activationsInQ8_0EqualTheReferenceExceptAtTies() {
        float[] x = index.shared().floats("x");
        byte[] expected = index.shared().bytes("x_q8_0");
        byte[] actual = encode(Format.Q8_0, x);
        assertThat(actual).hasSameSizeAs(expected);
        int bytes = 0;
        List<String> failures = new ArrayList<>();
        int blockBytes = Format.Q8_0.blockBytes();
        for (int i = 0; i < actual.length; i++) {
            if (actual[i] == expected[i]) {
                bytes++;
                continue;
            }
            int block = i / blockBytes;
            int quant = i % blockBytes - 2;
            if (quant < 0 || !nearTie(x, block * 32, quant)) {
                failures.add("byte " + i + ": expected " + expected[i] + ", was " + actual[i]);
            }
        }
        System.out.printf(Locale.ROOT, "quants x as Q8_0: equal bytes %d/%d%n", bytes, expected.length);
        assertThat(failures).isEmpty();
    }

    private static boolean nearTie(float[] x, int block, int quant) {
        double scaled = 127.0 * x[block + quant] / Math.abs(Extent.peak(x, block, 32));
        return Math.abs(Math.abs(scaled - Math.rint(scaled)) - 0.5) < 1e-4;
    }

    private static void compareBytes(
            Format format, float[] source, byte[] expected, String what, List<String> failures) {
        byte[] actual = encode(format, source);
        int different = 0;
        int first = -1;
        for (int i = 0; i < Math.min(actual.length, expected.length); i++) {
            if (actual[i] != expected[i]) {
                different++;
                first = first < 0 ? i : first;
            }
        }
        if (different > 0 || actual.length != expected.length) {
            failures.add("%s of %s: %d of %d bytes differ, first at %d, expected length %d"
                    .formatted(format, what, different, actual.length, first, expected.length));
        }
    }

    private static byte[] encode(Format format, float[] source) {
        byte[] bytes = new byte[Math.toIntExact(format.bytes(source.length))];
        Codecs.of(format).encode(source, 0, source.length, MemorySegment.ofArray(bytes), 0);
        return bytes;
    }

    private void report(String what, int good, String more) {
        System.out.printf(
                Locale.ROOT, "quants %d/%d %s%s%n", good, index.entries().size(), what, more);
    }

    /** Decoded values against expected ones. */
    private static final class Comparison {
        long values;
        long bitEqual;
        long beyondOneUlp;

        void add(Entry entry, String blocks, String floats, int count) {
            byte[] bytes = entry.files().bytes(blocks);
            float[] expected = entry.files().floats(floats);
            assertThat(expected).as(entry + " " + floats).hasSize(count);
            assertThat((long) bytes.length)
                    .as(entry + " " + blocks)
                    .isEqualTo(Format.valueOf(entry.type()).bytes(count));
            float[] actual = new float[count];
            Codecs.of(Format.valueOf(entry.type())).decode(MemorySegment.ofArray(bytes), 0, actual, 0, count);
            for (int i = 0; i < count; i++) {
                boolean same = Float.floatToRawIntBits(actual[i]) == Float.floatToRawIntBits(expected[i]);
                values++;
                bitEqual += same ? 1 : 0;
                boolean near = same || Math.abs((double) actual[i] - expected[i]) <= Math.ulp(expected[i]);
                beyondOneUlp += near ? 0 : 1;
            }
        }
    }
}
