package dev.javelin.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.javelin.api.Device;
import dev.javelin.api.Format;
import dev.javelin.api.Precision;
import dev.javelin.kernels.refs.Refs;
import dev.javelin.runtime.gguf.GgufFile;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Each family against the logits of another implementation, on every device that is there. */
@Tag("refs")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModelRefsTest {

    /**
     * What may differ, and why.
     *
     * @param leastMargin below it the first and the second choice may change places
     */
    private record Setting(
            String name,
            KvFormats kept,
            Precision precision,
            double largestError,
            double leastCosine,
            double leastMargin) {

        /** F32 arithmetic against F32 arithmetic in another order. */
        static final Setting EXACT =
                new Setting("exact", new KvFormats(Format.F32, Format.F32), Precision.EXACT, 1e-3, 0.999999, 1e-3);

        /** Keys and values rounded to F16, as is usual. */
        static final Setting DEFAULT = new Setting("default", KvFormats.DEFAULT, Precision.FAST, 0.15, 0.9999, 0.3);

        boolean isExact() {
            return equals(EXACT);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private int right;
    private int tried;
    private double largest;

    @TestFactory
    Stream<DynamicTest> logitsAndGreedyChoices() {
        ModelsIndex index = ModelsIndex.read(Refs.folder("models"));
        assertThat(index.runs()).isNotEmpty();
        Stream<DynamicTest> skipped =
                Target.missing().stream().map(reason -> dynamicTest(reason, () -> Assumptions.abort(reason)));
        return Stream.concat(
                skipped,
                Target.all().stream()
                        .flatMap(target -> index.runs().stream()
                                .flatMap(run -> Stream.of(Setting.EXACT, Setting.DEFAULT)
                                        .map(setting -> dynamicTest(
                                                "%s on %s, %s".formatted(run, target, setting),
                                                () -> check(target, run, setting))))));
    }

    @AfterAll
    void count() {
        System.out.println(String.format(
                Locale.ROOT, "models %d/%d, largest error of an exact logit: %.2g", right, tried, largest));
    }

    private void check(Target target, ModelsIndex.Run run, Setting setting) {
        tried++;
        try (Device device = target.open();
                GgufFile file = GgufFile.open(run.file());
                Player player =
                        new Player(device, file, run.context(), setting.kept, run.tokens().length, setting.precision)) {
            float[] logits = player.play(run.tokens());
            compare(run.logits(), logits, run.tokens().length, setting);
            int chosen = player.chosen(run.tokens().length);
            for (int i = 0; i < run.greedy().length && run.margins()[i] >= setting.leastMargin; i++) {
                assertThat(chosen).as("greedy choice %d", i).isEqualTo(run.greedy()[i]);
                player.play(chosen);
                chosen = player.chosen(1);
            }
            if (target.keepsToTheBit() && !setting.isExact()) {
                player.forget();
                assertThat(player.playInPieces(run.tokens(), 7))
                        .as("in pieces of 7")
                        .isEqualTo(logits);
                player.forget();
                assertThat(player.playInPieces(run.tokens(), 1))
                        .as("one by one")
                        .isEqualTo(logits);
            }
        }
        right++;
    }

    private void compare(float[] expected, float[] actual, int rows, Setting setting) {
        assertThat(actual).hasSameSizeAs(expected);
        int vocabulary = expected.length / rows;
        for (int row = 0; row < rows; row++) {
            double product = 0;
            double expectedSquare = 0;
            double actualSquare = 0;
            for (int i = row * vocabulary; i < (row + 1) * vocabulary; i++) {
                double error = Math.abs((double) expected[i] - actual[i]);
                assertThat(error)
                        .as("logit %d of position %d", i % vocabulary, row)
                        .isLessThanOrEqualTo(setting.largestError);
                largest = setting.isExact() ? Math.max(largest, error) : largest;
                product += (double) expected[i] * actual[i];
                expectedSquare += (double) expected[i] * expected[i];
                actualSquare += (double) actual[i] * actual[i];
            }
            assertThat(product / Math.sqrt(expectedSquare * actualSquare))
                    .as("cosine of position %d", row)
                    .isGreaterThanOrEqualTo(setting.leastCosine);
        }
    }
}
