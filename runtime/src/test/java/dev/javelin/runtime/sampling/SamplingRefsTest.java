package dev.javelin.runtime.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.javelin.kernels.refs.Refs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every case of the reference data: the same tokens in the same order, and their probabilities. */
@Tag("refs")
class SamplingRefsTest {

    private static final double TOLERANCE = 1e-5;

    private static final List<String> ORDER =
            List.of("penalties", "top_n_sigma", "top_k", "typical_p", "top_p", "min_p", "temperature");

    private final ObjectMapper json = new ObjectMapper();

    @Test
    void distributionsEqualTheReference() throws IOException {
        Path folder = Refs.folder("sampling");
        JsonNode root = json.readTree(folder.resolve("cases.json").toFile());
        assertThat(json.convertValue(root.required("chain_order"), String[].class))
                .containsExactlyElementsOf(ORDER);
        int vocabulary = root.required("vocab").intValue();
        float[][] vectors = vectors(folder.resolve(root.required("logits_file").textValue()), vocabulary);
        assertThat(vectors).hasNumberOfRows(root.required("n_logit_vectors").intValue());
        List<String> failures = new ArrayList<>();
        int cases = 0;
        for (JsonNode example : root.required("cases")) {
            String failure = compare(example, vectors[example.required("logits").intValue()]);
            if (!failure.isEmpty()) {
                failures.add("case " + cases + " " + example.required("params") + ": " + failure);
            }
            cases++;
        }
        System.out.printf(Locale.ROOT, "sampling %d/%d%n", cases - failures.size(), cases);
        assertThat(failures).isEmpty();
        assertThat(cases).isPositive();
    }

    private String compare(JsonNode example, float[] logits) {
        Sampler sampler = new Sampler(options(example.required("params")), logits.length);
        for (JsonNode token : example.path("history")) {
            sampler.accept(token.intValue());
        }
        Distribution actual = sampler.distribution(logits);
        int[] ids = json.convertValue(example.required("ids"), int[].class);
        double[] probabilities = json.convertValue(example.required("probs"), double[].class);
        if (actual.size() != ids.length || example.required("n_candidates").intValue() != ids.length) {
            return "candidates: expected " + ids.length + ", was " + actual.size();
        }
        for (int i = 0; i < ids.length; i++) {
            if (actual.token(i) != ids[i]) {
                return "place " + i + ": expected token " + ids[i] + ", was " + actual.token(i);
            }
            double difference = Math.abs(actual.probability(i) - probabilities[i]);
            if (!(difference <= TOLERANCE)) {
                return "place " + i + ": expected probability " + probabilities[i] + ", was " + actual.probability(i);
            }
        }
        return "";
    }

    private static SamplingOptions options(JsonNode params) {
        SamplingOptions.Builder builder = SamplingOptions.PLAIN.with();
        for (Map.Entry<String, JsonNode> param : params.properties()) {
            JsonNode value = param.getValue();
            switch (param.getKey()) {
                case "temperature" -> builder.temperature(value.doubleValue());
                case "top_k" -> builder.topK(value.intValue());
                case "top_p" -> builder.topP(value.doubleValue());
                case "min_p" -> builder.minP(value.doubleValue());
                case "typical_p" -> builder.typicalP(value.doubleValue());
                case "top_n_sigma" -> builder.topNSigma(value.doubleValue());
                case "repeat_penalty" -> builder.repeatPenalty(value.doubleValue());
                case "frequency_penalty" -> builder.frequencyPenalty(value.doubleValue());
                case "presence_penalty" -> builder.presencePenalty(value.doubleValue());
                case "penalty_last_n" -> builder.penaltyLastN(value.intValue());
                case "min_keep" -> builder.minKeep(value.intValue());
                default -> throw new AssertionError("a sampler that this test does not know: " + param.getKey());
            }
        }
        return builder.build();
    }

    private static float[][] vectors(Path file, int vocabulary) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        float[] all = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(all);
        float[][] vectors = new float[all.length / vocabulary][];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = Arrays.copyOfRange(all, i * vocabulary, (i + 1) * vocabulary);
        }
        return vectors;
    }
}
