package dev.javelin.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.javelin.api.Device;
import dev.javelin.api.Format;
import dev.javelin.api.Precision;
import dev.javelin.runtime.gguf.GgufFile;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names and gates of BitNet against plain formulas, for there are no files of the second gate to compare with. */
class BitNetTest {
    private static final long SEED = 158;
    private static final KvFormats F32 = new KvFormats(Format.F32, Format.F32);

    @TempDir
    private Path folder;

    private final BitNetByHand model = new BitNetByHand(SEED);

    @ParameterizedTest
    @CsvSource({
        "bitnet-b1.58, , relu2",
        "bitnet-25, , relu2",
        "bitnet, , silu",
        "bitnet, relu2, relu2",
        "bitnet-b1.58, silu, silu",
    })
    void computesWhatItsNameAndItsGateSay(String architecture, @Nullable String named, String gate) {
        int[] tokens =
                new SplittableRandom(SEED).ints(20, 0, BitNetByHand.VOCABULARY).toArray();
        float[] expected = model.logits(tokens, gate(gate));
        try (GgufFile file = written(architecture, named)) {
            for (Target target : Target.all()) {
                assertThat(logits(target, file, tokens))
                        .as("%s, seed=%d", target, SEED)
                        .containsExactly(expected, within(1e-4f)); // logits are about 10, sums of F32 in another order
            }
        }
    }

    @Test
    void theGatesDiffer() {
        int[] tokens = {1, 2, 3};
        assertThat(model.logits(tokens, gate("relu2"))[0])
                .isNotCloseTo(model.logits(tokens, gate("silu"))[0], within(0.01f));
    }

    @Test
    void refusesAnotherGateByName() {
        try (GgufFile file = written("bitnet-b1.58", "gelu")) {
            assertThatThrownBy(() -> Transformer.of(file, BitNetByHand.CONTEXT, F32))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContainingAll("silu, relu2", "bitnet-b1.58.hidden_activation=gelu");
        }
    }

    private GgufFile written(String architecture, @Nullable String gate) {
        Path path = folder.resolve("bitnet.gguf");
        model.write(path, architecture, gate == null ? Map.of() : Map.of("hidden_activation", gate));
        return GgufFile.open(path);
    }

    private static float[] logits(Target target, GgufFile file, int[] tokens) {
        try (Device device = target.open();
                Player player = new Player(device, file, BitNetByHand.CONTEXT, F32, tokens.length, Precision.EXACT)) {
            return player.play(tokens);
        }
    }

    private static DoubleUnaryOperator gate(String name) {
        return name.equals("relu2") ? x -> x > 0 ? x * x : 0 : x -> x / (1 + Math.exp(-x));
    }
}
