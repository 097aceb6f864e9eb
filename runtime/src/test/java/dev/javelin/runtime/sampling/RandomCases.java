package dev.javelin.runtime.sampling;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Logits, histories and options, ordinary and extreme. */
final class RandomCases {

    private final RandomGenerator random;

    RandomCases(RandomGenerator random) {
        this.random = random;
    }

    /** Never without a token that can be chosen. */
    float[] logits() {
        int size = pick(1, 2, 3, 5, 40, 255, 256, 257, 700, 1000, 3000);
        double spread = pick(0, 0.01, 1, 3, 10, 200, 1e30);
        double steps = pick(0, 0, 0, 1, 4);
        float[] logits = new float[size];
        int banned = pick(0, 0, 0, 30, 95);
        int infinite = pick(0, 0, 0, 0, 0, 0, 2);
        for (int i = 0; i < size; i++) {
            double value = random.nextGaussian() * spread;
            logits[i] = (float) (steps > 0 ? Math.rint(value * steps) / steps : value);
            if (random.nextInt(100) < banned) {
                logits[i] = Float.NEGATIVE_INFINITY;
            } else if (random.nextInt(100) < infinite) {
                logits[i] = Float.POSITIVE_INFINITY;
            }
        }
        logits[random.nextInt(size)] = 0.5f;
        if (random.nextInt(4) == 0) {
            logits[random.nextInt(size)] = (float) (spread * 10 + 1);
        }
        return logits;
    }

    List<Integer> history(int vocabulary) {
        int size = pick(0, 1, 10, 100, 300);
        int from = random.nextInt(vocabulary);
        int width = pick(1, 5, 1000);
        List<Integer> history = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            history.add((from + random.nextInt(width)) % vocabulary);
        }
        return history;
    }

    SamplingOptions options(int vocabulary) {
        SamplingOptions.Builder builder = SamplingOptions.PLAIN.with().seed(random.nextLong());
        builder.temperature(pick(1, 1, 0.7, 1.5, 0, 1e-6, 1e6, 1e-300, Double.MIN_VALUE, 1e300));
        builder.minKeep(pick(0, 0, 1, 2, 7, 100, Integer.MAX_VALUE));
        if (random.nextInt(3) == 0) {
            builder.topK(pick(1, 2, 10, 40, 300, 999, Integer.MAX_VALUE));
        }
        if (random.nextInt(3) == 0) {
            builder.topP(fraction());
        }
        if (random.nextInt(3) == 0) {
            builder.minP(fraction());
        }
        if (random.nextInt(3) == 0) {
            builder.typicalP(fraction());
        }
        if (random.nextInt(4) == 0) {
            builder.topNSigma(pick(1e-9, 0.5, 1, 3, 1e9));
        }
        if (random.nextInt(3) == 0) {
            builder.repeatPenalty(pick(1, 1.1, 0.5, 100, 1e300, 1e-300));
            builder.frequencyPenalty(pick(0, 0.3, -0.3, 1e6, 1e308, -1e308));
            builder.presencePenalty(pick(0, 0.6, -2, -1e300, 1e300));
            builder.penaltyLastN(pick(64, -1, 0, 1, 7, 299, Integer.MAX_VALUE));
        }
        if (random.nextInt(3) == 0) {
            builder.logitBias(bias(vocabulary));
        }
        return builder.build();
    }

    private Map<Integer, Double> bias(int vocabulary) {
        Map<Integer, Double> bias = new HashMap<>();
        for (int i = 0; i < 10 && vocabulary > 1; i++) {
            bias.put(random.nextInt(vocabulary), pick(1, -1, 100, -100, 1e300, Double.NEGATIVE_INFINITY));
        }
        return bias;
    }

    private double fraction() {
        return pick(random.nextDouble(), random.nextDouble(), 0.9, 0.95, 0.05, 0, 1, 1e-9, 1 - 1e-9);
    }

    private double pick(double... values) {
        return values[random.nextInt(values.length)];
    }

    private int pick(int... values) {
        return values[random.nextInt(values.length)];
    }
}
