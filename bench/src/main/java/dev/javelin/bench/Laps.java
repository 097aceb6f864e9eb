package dev.javelin.bench;

import java.util.ArrayList;
import java.util.List;

/** What one engine did in a race, turn by turn. For one thread. */
final class Laps {
    private final String engine;
    private final List<Double> prompt = new ArrayList<>();
    private final List<Double> decode = new ArrayList<>();
    private List<Integer> tokens = List.of();

    Laps(String engine) {
        this.engine = engine;
    }

    /** Tokens per second of a turn, and the tokens that it made. */
    void add(double promptRate, double decodeRate, List<Integer> made) {
        prompt.add(promptRate);
        decode.add(decodeRate);
        tokens = List.copyOf(made);
    }

    /** Leaves out what was only to warm up. */
    void clear() {
        prompt.clear();
        decode.clear();
    }

    String engine() {
        return engine;
    }

    /** Tokens per second of prompts, of each turn. */
    List<Double> prompt() {
        return prompt;
    }

    /** Tokens per second generated, of each turn. */
    List<Double> decode() {
        return decode;
    }

    double medianPrompt() {
        return median(prompt);
    }

    double medianDecode() {
        return median(decode);
    }

    /**
     * How many tokens of the last turn are those of another before the first that is not. With random weights rounding decides
     * soon, so it only tells whether both compute the same model.
     */
    int sameAs(Laps other) {
        int same = 0;
        while (same < Math.min(tokens.size(), other.tokens.size())
                && tokens.get(same).equals(other.tokens.get(same))) {
            same++;
        }
        return same;
    }

    private static double median(List<Double> rates) {
        return rates.stream().sorted().skip(rates.size() / 2).findFirst().orElseThrow();
    }
}
