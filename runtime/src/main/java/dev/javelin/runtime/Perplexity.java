package dev.javelin.runtime;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.javelin.api.Bindings;
import dev.javelin.api.Limits;
import dev.javelin.api.Plan;
import dev.javelin.api.PlanSpec;
import dev.javelin.api.StateSpec;
import dev.javelin.api.StateStore;
import dev.javelin.api.Step;
import dev.javelin.api.Want;
import dev.javelin.runtime.model.Transformer;
import dev.javelin.runtime.text.EncodeOptions;
import java.lang.foreign.MemorySegment;

/**
 * How well a model foresees a text: {@code exp} of the mean negative log-likelihood of its tokens, 1 being perfect. The text is
 * cut into chunks, each seen from an empty context; the first token of a chunk is not scored, and a rest is dropped.
 *
 * @param tokens of the text
 * @param scored tokens that the value is about
 */
public record Perplexity(double value, int tokens, int scored) {
    /** Rows of logits at once: a vocabulary is long. */
    private static final int ROWS = 16;

    /** Watches it being measured. */
    @FunctionalInterface
    public interface Progress {
        /** So many tokens are scored; false ends it with what is known so far. */
        boolean goOn(int scored, int of);
    }

    /**
     * Measures it, and waits for it.
     *
     * @param chunk tokens of a chunk
     * @param progress is told after each chunk
     * @throws IllegalArgumentException if the text is shorter than a chunk, or a chunk does not fit into the context
     */
    public static Perplexity of(Model model, String text, int chunk, Progress progress) {
        int[] tokens = model.tokenizer().encode(text, new EncodeOptions(false, true));
        if (chunk < 2 || chunk > model.context() || tokens.length < chunk) {
            throw new IllegalArgumentException(
                    "a chunk has from 2 tokens to those of the text and the context: chunk=%d, textTokens=%d, context=%d"
                            .formatted(chunk, tokens.length, model.context()));
        }
        Loaded loaded = model.loaded();
        Transformer transformer = loaded.transformer();
        StateSpec states = new StateSpec(
                ROWS,
                transformer.program().groups().stream()
                        .map(group -> new StateSpec.Blocks(group, Math.ceilDiv(chunk, ROWS)))
                        .toList());
        Limits limits = new Limits(ROWS, 1, ROWS, chunk);
        try (StateStore store = loaded.device().openStates(states);
                Plan plan = loaded.device()
                        .prepare(
                                new PlanSpec(transformer.program(), limits, loaded.precision()),
                                Bindings.NONE.with(loaded.weights()).with(store));
                Step step = new Step(limits, states)) {
            double sum = 0;
            int scored = 0;
            int chunks = tokens.length / chunk;
            for (int i = 0; i < chunks; i++) {
                for (int from = 0; from < chunk; from += ROWS) {
                    int count = Math.min(ROWS, chunk - from);
                    fill(step, states, tokens, i * chunk, from, count);
                    plan.run(step).await();
                    MemorySegment logits = plan.output(Transformer.LOGITS);
                    for (int row = 0; row < count && from + row + 1 < chunk; row++) {
                        sum -= logLikelihood(logits, row, model.vocabulary(), tokens[i * chunk + from + row + 1]);
                    }
                }
                scored += chunk - 1;
                if (!progress.goOn(scored, chunks * (chunk - 1))) {
                    break;
                }
            }
            return new Perplexity(Math.exp(sum / scored), tokens.length, scored);
        }
    }

    private static void fill(Step step, StateSpec states, int[] tokens, int chunkFrom, int from, int count) {
        step.clear();
        step.addSequence();
        for (int group = 0; group < states.groups().size(); group++) {
            for (int block = 0; block < states.blocksFor(from + count); block++) {
                step.setBlock(group, block, block);
            }
        }
        for (int i = from; i < from + count; i++) {
            step.addOutput(step.addToken(tokens[chunkFrom + i], i, i), Want.LOGITS.bit());
        }
    }

    private static double logLikelihood(MemorySegment logits, int row, int vocabulary, int token) {
        long from = (long) row * vocabulary;
        float largest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < vocabulary; i++) {
            largest = Math.max(largest, logits.getAtIndex(JAVA_FLOAT, from + i));
        }
        double sum = 0;
        for (int i = 0; i < vocabulary; i++) {
            sum += Math.exp(logits.getAtIndex(JAVA_FLOAT, from + i) - largest);
        }
        return logits.getAtIndex(JAVA_FLOAT, from + token) - largest - Math.log(sum);
    }
}
