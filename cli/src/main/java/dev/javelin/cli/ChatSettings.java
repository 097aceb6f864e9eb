package dev.javelin.cli;

import dev.javelin.runtime.GenerationOptions;
import dev.javelin.runtime.sampling.SamplingOptions;
import dev.javelin.runtime.sampling.StopStrings;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What the user of a chat can change with {@code /set}. Immutable. */
record ChatSettings(
        GenerationOptions options,
        ThinkMode think,
        @Nullable String system,
        boolean verbose) {
    /** What there is to set, for help. */
    static final String NAMES =
            "temp, top-k, top-p, min-p, repeat-penalty, seed, max-tokens, stop, system, think," + " verbose, ctx";

    /**
     * With one setting changed.
     *
     * @throws IllegalArgumentException if there is none of that name, or the value is not for it
     */
    ChatSettings with(String name, String value) {
        try {
            return switch (name) {
                case "temp" -> sampling(to -> to.temperature(Double.parseDouble(value)));
                case "top-k" -> sampling(to -> to.topK(Integer.parseInt(value)));
                case "top-p" -> sampling(to -> to.topP(Double.parseDouble(value)));
                case "min-p" -> sampling(to -> to.minP(Double.parseDouble(value)));
                case "repeat-penalty" -> sampling(to -> to.repeatPenalty(Double.parseDouble(value)));
                case "seed" -> sampling(to -> to.seed(Long.parseLong(value)));
                case "max-tokens" -> options(options.withMaxTokens(Integer.parseInt(value)));
                case "stop" ->
                    options(new GenerationOptions(
                            options.maxTokens(),
                            options.sampling(),
                            StopStrings.of(value.isEmpty() ? List.of() : List.of(value))));
                case "system" -> new ChatSettings(options, think, value.isBlank() ? null : value, verbose);
                case "think" -> new ChatSettings(options, ThinkMode.of(value), system, verbose);
                case "verbose" -> new ChatSettings(options, think, system, isOn(value));
                default ->
                    throw new IllegalArgumentException(
                            "there is no such setting: name=%s, known=%s".formatted(name, NAMES));
            };
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(
                    "the setting must be a number: %s=%s".formatted(name, value), notANumber);
        }
    }

    private static boolean isOn(String value) {
        return switch (value) {
            case "on", "" -> true;
            case "off" -> false;
            default -> throw new IllegalArgumentException("the setting must be on or off: verbose=" + value);
        };
    }

    private ChatSettings sampling(UnaryOperator<SamplingOptions.Builder> change) {
        return options(options.withSampling(change));
    }

    private ChatSettings options(GenerationOptions other) {
        return new ChatSettings(other, think, system, verbose);
    }
}
