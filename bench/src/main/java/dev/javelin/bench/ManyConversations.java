package dev.javelin.bench;

import dev.javelin.runtime.Conversation;
import dev.javelin.runtime.Generation;
import dev.javelin.runtime.GenerationOptions;
import dev.javelin.runtime.Model;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Tokens per second that one conversation generates, and that several at once generate together, in turns. Arguments: the
 * model's file, how many at once (4), tokens of each answer (64).
 */
public final class ManyConversations {

    private static final String PROMPT = "Once upon a time";
    private static final int WARM_UP = 2;
    private static final int TURNS = 7;

    private ManyConversations() {}

    /** Measures and prints. */
    public static void main(String[] arguments) {
        Path file = Path.of(arguments[0]);
        int many = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 4;
        int tokens = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 64;
        double[] alone = new double[TURNS];
        double[] together = new double[TURNS];
        try (Model model =
                Model.from(file).conversations(many).context(2 * tokens + 64).load()) {
            // Tokens that would end an answer must not: random weights choose them as any other.
            GenerationOptions options = GenerationOptions.GREEDY
                    .withMaxTokens(tokens)
                    .withSampling(sampling -> sampling.logitBias(model.tokenizer().ends().stream()
                            .boxed()
                            .collect(Collectors.toMap(end -> end, end -> Double.NEGATIVE_INFINITY))));
            for (int turn = -WARM_UP; turn < TURNS; turn++) {
                double one = rate(model, 1, options);
                double several = rate(model, many, options);
                if (turn >= 0) {
                    alone[turn] = one;
                    together[turn] = several;
                }
            }
            System.out.println(model.architecture() + " on " + model.device().name());
        }
        print("1", alone);
        print(Integer.toString(many), together);
        System.out.printf(Locale.ROOT, "ratio of medians %.2f%n", median(together) / median(alone));
    }

    /** Tokens per second of all, from the first question to the end of the last answer. */
    private static double rate(Model model, int count, GenerationOptions options) {
        List<Conversation> conversations = new ArrayList<>();
        List<Generation> generations = new ArrayList<>();
        try {
            long start = System.nanoTime();
            for (int i = 0; i < count; i++) {
                Conversation conversation = model.conversation();
                conversations.add(conversation);
                generations.add(conversation.generate(PROMPT, options));
            }
            int generated = generations.stream()
                    .mapToInt(generation -> generation.tokens().size())
                    .sum();
            return generated / ((System.nanoTime() - start) / 1e9);
        } finally {
            conversations.forEach(Conversation::close);
        }
    }

    private static double median(double[] rates) {
        double[] sorted = rates.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static void print(String count, double[] rates) {
        System.out.printf(
                Locale.ROOT,
                "%s at once: median %.1f tokens/s, best %.1f%n",
                count,
                median(rates),
                Arrays.stream(rates).max().orElseThrow());
    }
}
