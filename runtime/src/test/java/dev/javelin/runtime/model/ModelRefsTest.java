package dev.javelin.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.javelin.api.Backend;
import dev.javelin.api.Device;
import dev.javelin.api.Format;
import dev.javelin.api.Precision;
import dev.javelin.api.Probe;
import dev.javelin.kernels.refs.Refs;
import dev.javelin.runtime.gguf.GgufFile;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Each family against the logits of another implementation, on every device that is there. */
@Tag("refs")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModelRefsTest {
    /** Of F32 arithmetic against F32 arithmetic in another order. */
    private static final double LARGEST_ERROR = 1e-3;

    private static final double LEAST_COSINE = 0.999999;

    /** Below this the first and the second may change places. */
    private static final double LEAST_MARGIN = 1e-3;

    private static final KvFormats KEPT = new KvFormats(Format.F32, Format.F32);

    private int right;
    private int tried;
    private double largest;

    @TestFactory
    Stream<DynamicTest> logitsAndGreedyChoices() {
        ModelsIndex index = ModelsIndex.read(Refs.folder("models"));
        assertThat(index.runs()).isNotEmpty();
        return ServiceLoader.load(Backend.class).stream()
                .map(ServiceLoader.Provider::get)
                .flatMap(backend -> index.runs().stream()
                        .map(run -> dynamicTest(run + " on " + backend.id(), () -> check(backend, run))));
    }

    @AfterAll
    void count() {
        System.out.println(
                String.format(Locale.ROOT, "models %d/%d, largest error of a logit: %.2g", right, tried, largest));
    }

    private void check(Backend backend, ModelsIndex.Run run) {
        tried++;
        Probe.Found found = (Probe.Found) backend.probe();
        try (Device device = backend.open(found.devices().getFirst());
                GgufFile file = GgufFile.open(run.file());
                Player player = new Player(device, file, run.context(), KEPT, run.tokens().length, Precision.EXACT)) {
            float[] logits = player.play(run.tokens());
            compare(run.logits(), logits, logits.length / run.tokens().length);
            int chosen = player.chosen(run.tokens().length);
            for (int i = 0; i < run.greedy().length && run.margins()[i] >= LEAST_MARGIN; i++) {
                assertThat(chosen).as("greedy choice %d", i).isEqualTo(run.greedy()[i]);
                player.play(chosen);
                chosen = player.chosen(1);
            }
        }
        right++;
    }

    private void compare(float[] expected, float[] actual, int vocabulary) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int row = 0; row < expected.length / vocabulary; row++) {
            double product = 0;
            double expectedSquare = 0;
            double actualSquare = 0;
            for (int i = row * vocabulary; i < (row + 1) * vocabulary; i++) {
                double error = Math.abs((double) expected[i] - actual[i]);
                assertThat(error)
                        .as("logit %d of position %d", i % vocabulary, row)
                        .isLessThanOrEqualTo(LARGEST_ERROR);
                largest = Math.max(largest, error);
                product += (double) expected[i] * actual[i];
                expectedSquare += (double) expected[i] * expected[i];
                actualSquare += (double) actual[i] * actual[i];
            }
            assertThat(product / Math.sqrt(expectedSquare * actualSquare))
                    .as("cosine of position %d", row)
                    .isGreaterThanOrEqualTo(LEAST_COSINE);
        }
    }
}
