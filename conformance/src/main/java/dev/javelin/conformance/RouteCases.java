package dev.javelin.conformance;

import dev.javelin.api.Route;
import dev.javelin.api.Value;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Choosing experts and their shares. */
final class RouteCases implements CaseFamily {

    private static final Axis<Integer> EXPERTS = Axis.of("experts", List.of(1, 2, 8, 33, 128));
    private static final Axis<Integer> K = Axis.of("k", List.of(1, 2, 3, 8));
    private static final Axis<Route.Scoring> SCORING = Axis.of("scoring", List.of(Route.Scoring.values()));
    private static final Axis<Boolean> BIAS = Axis.of("bias", List.of(false, true));
    private static final Axis<Boolean> RENORMALISE = Axis.of("renormalise", List.of(false, true));
    private static final Axis<Float> SCALE = Axis.of("scale", List.of(1f, 2.5f));
    /** What there is to choose from. */
    enum Logits {
        DIFFERENT,
        /** Many logits of a row are equal. */
        TIES,
        /** One logit of every other row is no number. */
        NAN
    }

    private static final Axis<Logits> LOGITS = Axis.of("logits", List.of(Logits.values()));

    /** Ranks closer than this could change places in F32. */
    private static final double LEAST_GAP = 4e-6;

    @Override
    public String operation() {
        return "Route";
    }

    @Override
    public List<Axis<?>> axes() {
        return Axes.and(RowCase.AXES, EXPERTS, K, SCORING, BIAS, RENORMALISE, SCALE, LOGITS, Axes.TOKENS);
    }

    /** A bias would tell equal scores apart. */
    @Override
    public boolean allowed(Choice choice) {
        return choice.of(K) <= choice.of(EXPERTS) && !(choice.of(BIAS) && choice.of(LOGITS) == Logits.TIES);
    }

    @Override
    public Case build(Choice choice, String name, long seed) {
        int experts = choice.of(EXPERTS);
        RowCase made = new RowCase(this, choice, name, seed, choice.of(Axes.TOKENS));
        Value bias = choice.of(BIAS) ? bias(made, experts) : null;
        Value logits = made.input("logits", experts, (contents, row, to, at) -> {
            float[] biases = new float[experts];
            if (bias != null) {
                MemorySegment bytes = MemorySegment.ofArray(contents.weights.get("bias"));
                MemorySegment.copy(bytes, ValueLayout.JAVA_FLOAT_UNALIGNED, 0, biases, 0, experts);
            }
            SplittableRandom random = made.draw().random("logits" + row);
            boolean ties = choice.of(LOGITS) == Logits.TIES;
            do {
                for (int i = 0; i < experts; i++) {
                    to[at + i] = ties ? random.nextInt(-1, 2) : (float) random.nextDouble(-6, 6);
                }
            } while (!ties && !certain(choice, to, at, biases));
            if (choice.of(LOGITS) == Logits.NAN && row % 2 == 0) {
                to[at + random.nextInt(experts)] = Float.NaN;
            }
        });
        Value chosen = made.resultIndices("chosen", choice.of(K));
        Value shares = made.result("shares", choice.of(K));
        return made.add(new Route(
                        chosen, shares, logits, choice.of(SCORING), bias, choice.of(RENORMALISE), choice.of(SCALE)))
                .output(chosen, shares)
                .build();
    }

    /** Small but for the ends, which decide the choice: so it shows if either of them is not read. */
    private static Value bias(RowCase made, int experts) {
        double[] biases =
                made.draw().random("biases").doubles(experts, -0.3, 0.3).toArray();
        biases[0] = 0.6;
        biases[experts - 1] = 0.9;
        return made.vector("bias", biases);
    }

    /** Whether rounding cannot change which experts are chosen, nor their order. */
    private static boolean certain(Choice choice, float[] logits, int at, float[] biases) {
        int n = biases.length;
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += Math.exp(logits[at + i]);
        }
        double[] ranks = new double[n];
        for (int i = 0; i < n; i++) {
            double x = logits[at + i];
            ranks[i] = -biases[i]
                    - (choice.of(SCORING) == Route.Scoring.SOFTMAX ? Math.exp(x) / sum : 1 / (1 + Math.exp(-x)));
        }
        Arrays.sort(ranks);
        for (int i = 0; i < Math.min(choice.of(K) + 1, n - 1); i++) {
            if (ranks[i + 1] - ranks[i] < LEAST_GAP) {
                return false;
            }
        }
        return true;
    }
}
