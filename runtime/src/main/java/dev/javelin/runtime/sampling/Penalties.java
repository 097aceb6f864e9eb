package dev.javelin.runtime.sampling;

import java.util.Arrays;

/** Bias and penalties: what changes logits before any filter. Knows how often each token occurs among the last ones. */
final class Penalties {

    /** Set in a count while the token is in {@link #listed}. */
    private static final int LISTED = 1 << 31;

    private static final int FIRST_ROOM = 4096;

    private final SamplingOptions options;
    private final int[] biased;
    private final double[] biases;
    private final boolean penalizes;
    private final int lastN;

    /** By token; empty without penalties. */
    private final int[] counts;

    /** The tokens that occur, and some that do no more. */
    private int[] listed;

    private int listedSize;

    /** The last tokens, oldest at {@link #oldest} once it is full; empty if none is ever forgotten. */
    private int[] window;

    private int windowSize;
    private int oldest;

    Penalties(SamplingOptions options, int vocabulary) {
        this.options = options;
        biased = options.logitBias().keySet().stream()
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
        biases = Arrays.stream(biased)
                .mapToDouble(token -> options.logitBias().getOrDefault(token, 0.0))
                .toArray();
        penalizes = options.penalizes();
        lastN = options.penaltyLastN();
        counts = new int[penalizes ? vocabulary : 0];
        listed = new int[penalizes ? Math.min(vocabulary, FIRST_ROOM) : 0];
        window = new int[penalizes && lastN > 0 ? Math.min(lastN, FIRST_ROOM) : 0];
    }

    private Penalties(Penalties other) {
        options = other.options;
        biased = other.biased;
        biases = other.biases;
        penalizes = other.penalizes;
        lastN = other.lastN;
        counts = other.counts.clone();
        listed = other.listed.clone();
        listedSize = other.listedSize;
        window = other.window.clone();
        windowSize = other.windowSize;
        oldest = other.oldest;
    }

    Penalties copy() {
        return new Penalties(this);
    }

    void clear() {
        Arrays.fill(counts, 0);
        listedSize = 0;
        windowSize = 0;
        oldest = 0;
    }

    void accept(int token) {
        if (!penalizes) {
            return;
        }
        if (lastN > 0) {
            remember(token);
        }
        if ((counts[token] & LISTED) == 0) {
            if (listedSize == listed.length) {
                dropAbsent();
            }
            if (listedSize == listed.length) {
                listed = Arrays.copyOf(listed, (int) Math.min(counts.length, 2L * listed.length));
            }
            listed[listedSize++] = token;
            counts[token] |= LISTED;
        }
        counts[token]++;
    }

    /** Changes the logits of the tokens concerned. */
    void apply(Logits logits) {
        for (int i = 0; i < biased.length; i++) {
            float logit = logits.get(biased[i]);
            boolean bans = biases[i] == Double.NEGATIVE_INFINITY;
            logits.set(biased[i], bans ? Float.NEGATIVE_INFINITY : changed(logit, logit + biases[i]));
        }
        dropAbsent();
        for (int i = 0; i < listedSize; i++) {
            int token = listed[i];
            logits.set(token, penalized(logits.get(token), counts[token] & ~LISTED));
        }
        if (biased.length + listedSize > 0) {
            logits.refresh();
        }
    }

    private float penalized(float logit, int count) {
        double repeat = options.repeatPenalty();
        float repeated = changed(logit, logit <= 0 ? logit * repeat : logit / repeat);
        double more = count * options.frequencyPenalty() + options.presencePenalty();
        return changed(logit, repeated - more);
    }

    /** A finite logit stays finite: only models and bans say never, and nothing says always. */
    private static float changed(float before, double after) {
        if (Float.isInfinite(before)) {
            return before;
        }
        return (float) Math.clamp(after, -Float.MAX_VALUE, Float.MAX_VALUE);
    }

    private void remember(int token) {
        if (windowSize == window.length && windowSize < lastN) {
            window = Arrays.copyOf(window, (int) Math.min(lastN, 2L * window.length));
        }
        if (windowSize < window.length) {
            window[windowSize++] = token;
            return;
        }
        counts[window[oldest]]--;
        window[oldest] = token;
        oldest = oldest + 1 == lastN ? 0 : oldest + 1;
    }

    private void dropAbsent() {
        int kept = 0;
        for (int i = 0; i < listedSize; i++) {
            int token = listed[i];
            if (counts[token] == LISTED) {
                counts[token] = 0;
            } else {
                listed[kept++] = token;
            }
        }
        listedSize = kept;
    }
}
