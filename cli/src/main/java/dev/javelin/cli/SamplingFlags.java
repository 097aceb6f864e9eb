package dev.javelin.cli;

import dev.javelin.runtime.GenerationOptions;
import dev.javelin.runtime.sampling.SamplingOptions;
import dev.javelin.runtime.sampling.StopStrings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Flags that say how a text is generated. */
final class SamplingFlags {
    private static final SamplingOptions DEFAULTS = SamplingOptions.DEFAULTS;

    /** The flags of what the runtime's messages name. */
    private static final Map<String, String> FLAGS = Map.of(
            "temperature", "--temp",
            "topK", "--top-k",
            "topP", "--top-p",
            "minP", "--min-p",
            "typicalP", "--typical-p",
            "repeatPenalty", "--repeat-penalty",
            "frequencyPenalty", "--frequency-penalty",
            "presencePenalty", "--presence-penalty",
            "penaltyLastN", "--repeat-last-n",
            "maxTokens", "--max-tokens");

    @Option(
            names = "--temp",
            paramLabel = "T",
            description = "Temperature; 0 always takes the most probable token. By default ${DEFAULT-VALUE}.")
    private double temperature = DEFAULTS.temperature();

    @Option(
            names = "--top-k",
            paramLabel = "K",
            description = "Chooses among the K most probable tokens; 0 for all. By default ${DEFAULT-VALUE}.")
    private int topK = DEFAULTS.topK();

    @Option(
            names = "--top-p",
            paramLabel = "P",
            description = "Chooses among the most probable tokens that together reach P; 1 for all. By default"
                    + " ${DEFAULT-VALUE}.")
    private double topP = DEFAULTS.topP();

    @Option(
            names = "--min-p",
            paramLabel = "P",
            description = "Leaves out tokens less than P times as probable as the most probable one; 0 for none. By"
                    + " default ${DEFAULT-VALUE}.")
    private double minP = DEFAULTS.minP();

    @Option(
            names = "--typical-p",
            paramLabel = "P",
            description = "Keeps tokens of the most typical surprise until they reach P; 1 for all. By default"
                    + " ${DEFAULT-VALUE}.")
    private double typicalP = DEFAULTS.typicalP();

    @Option(
            names = "--repeat-penalty",
            paramLabel = "X",
            description = "Makes tokens that occurred less probable; 1 for not at all. By default ${DEFAULT-VALUE}.")
    private double repeatPenalty = DEFAULTS.repeatPenalty();

    @Option(
            names = "--frequency-penalty",
            paramLabel = "X",
            description = "The same, more with each time that a token occurred; 0 for not at all. By default"
                    + " ${DEFAULT-VALUE}.")
    private double frequencyPenalty = DEFAULTS.frequencyPenalty();

    @Option(
            names = "--presence-penalty",
            paramLabel = "X",
            description = "The same, however often it occurred; 0 for not at all. By default ${DEFAULT-VALUE}.")
    private double presencePenalty = DEFAULTS.presencePenalty();

    @Option(
            names = "--repeat-last-n",
            paramLabel = "N",
            description = "How many of the last tokens the penalties look at; -1 for all. By default ${DEFAULT-VALUE}.")
    private int penaltyLastN = DEFAULTS.penaltyLastN();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description =
                    "Where the random numbers begin: the same seed gives the same text. By default another one each"
                            + " time, which --verbose shows.")
    private @Nullable Long seed;

    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            description = "The most tokens to generate. By default until the model ends or the context is full.")
    private int maxTokens = Integer.MAX_VALUE;

    @Option(
            names = "--stop",
            paramLabel = "TEXT",
            description = "Ends the answer where this text comes up, which is left out. May be given several times.")
    private List<String> stop = new ArrayList<>();

    /**
     * What they say, with a seed in any case.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    GenerationOptions options(long otherwiseSeed) {
        try {
            return unnamed(otherwiseSeed);
        } catch (IllegalArgumentException wrong) {
            String sentence = Pattern.compile("\\w+")
                    .matcher(String.valueOf(wrong.getMessage()))
                    .replaceAll(word -> FLAGS.getOrDefault(word.group(), word.group()));
            throw new IllegalArgumentException(sentence, wrong);
        }
    }

    private GenerationOptions unnamed(long otherwiseSeed) {
        SamplingOptions sampling = SamplingOptions.PLAIN
                .with()
                .temperature(temperature)
                .topK(topK)
                .topP(topP)
                .minP(minP)
                .typicalP(typicalP)
                .repeatPenalty(repeatPenalty)
                .frequencyPenalty(frequencyPenalty)
                .presencePenalty(presencePenalty)
                .penaltyLastN(penaltyLastN)
                .seed(seed == null ? otherwiseSeed : seed)
                .build();
        return new GenerationOptions(maxTokens, sampling, StopStrings.of(stop));
    }
}
