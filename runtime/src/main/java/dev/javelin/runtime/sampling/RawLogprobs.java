package dev.javelin.runtime.sampling;

import java.util.ArrayList;
import java.util.List;

/** Remembers what the model thought before bias and penalties changed it. */
final class RawLogprobs {

    private final Candidates candidates;
    private final Keys best;
    private final int wanted;
    private int size;
    private double top;

    /** The logarithm of the sum of {@code exp(logit - top)}. */
    private double logMass;

    private boolean infinite;
    private int chosen = -1;
    private float chosenLogit;

    /** Uses the candidates only while capturing. */
    RawLogprobs(Candidates candidates, int wanted) {
        this.candidates = candidates;
        this.wanted = wanted;
        best = new Keys(wanted);
    }

    void capture() {
        candidates.all();
        logMass = StrictMath.log(candidates.mass(1));
        top = candidates.top();
        infinite = candidates.infinite();
        size = 0;
        if (wanted > 0) {
            candidates.topK(wanted);
            size = candidates.copyTo(best);
        }
    }

    void choose(int token, float logit) {
        chosen = token;
        chosenLogit = logit;
    }

    void clear() {
        chosen = -1;
    }

    Logprobs get() {
        if (chosen < 0) {
            throw new IllegalStateException("logprobs are those of a chosen token, and none has been chosen yet");
        }
        List<Logprob> list = new ArrayList<>(size);
        for (long key : best.sorted(size)) {
            list.add(new Logprob(Key.id(key), Key.logit(key) - top - logMass));
        }
        return new Logprobs(new Logprob(chosen, chosenLogprob()), list);
    }

    private double chosenLogprob() {
        if (!infinite) {
            return chosenLogit - top - logMass;
        }
        return chosenLogit == Float.POSITIVE_INFINITY ? -logMass : Double.NEGATIVE_INFINITY;
    }
}
