package dev.javelin.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * A small set of choices in which every two values of different axes meet at least once, unless no allowed choice has both.
 *
 * <p>Greedy: a choice starts from a pair that is still missing, and the other axes take, in random order, the value that
 * meets the most missing partners. Where the rule of what is allowed gets in the way, random completions are tried.
 */
final class Pairwise {

    private static final int ATTEMPTS = 60;

    private final List<Axis<?>> axes;
    private final Predicate<Choice> allowed;
    private final RandomGenerator random;
    private final BitSet missing = new BitSet();
    private final int[] offsets;
    private final int total;

    private Pairwise(List<Axis<?>> axes, Predicate<Choice> allowed, RandomGenerator random) {
        this.axes = axes;
        this.allowed = allowed;
        this.random = random;
        this.offsets = new int[axes.size()];
        int values = 0;
        for (int i = 0; i < axes.size(); i++) {
            offsets[i] = values;
            values += axes.get(i).values().size();
        }
        this.total = values;
    }

    static List<Choice> cover(List<Axis<?>> axes, Predicate<Choice> allowed, RandomGenerator random) {
        return new Pairwise(axes, allowed, random).cover();
    }

    private List<Choice> cover() {
        List<int[]> pairs = new ArrayList<>();
        for (int a = 0; a < axes.size(); a++) {
            for (int b = a + 1; b < axes.size(); b++) {
                for (int i = 0; i < size(a); i++) {
                    for (int j = 0; j < size(b); j++) {
                        pairs.add(new int[] {a, i, b, j});
                        missing.set(pair(a, i, b, j));
                    }
                }
            }
        }
        shuffle(pairs);
        List<Choice> chosen = new ArrayList<>();
        for (int[] pair : pairs) {
            if (missing.get(pair(pair[0], pair[1], pair[2], pair[3]))) {
                int[] picks = complete(pair);
                if (picks.length > 0) {
                    cross(picks);
                    chosen.add(new Choice(axes, picks));
                }
            }
        }
        if (chosen.isEmpty() && axes.size() == 1) {
            for (int i = 0; i < size(0); i++) {
                chosen.add(new Choice(axes, new int[] {i}));
            }
        }
        return chosen;
    }

    /** An allowed choice with the pair in it, or nothing where there seems to be none. */
    private int[] complete(int[] pair) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int[] picks = new int[axes.size()];
            Arrays.fill(picks, -1);
            picks[pair[0]] = pair[1];
            picks[pair[2]] = pair[3];
            for (int axis : order()) {
                if (picks[axis] < 0) {
                    // once greed has failed a few times, chance finds what is allowed
                    picks[axis] = attempt < ATTEMPTS / 4 ? greedy(picks, axis) : random.nextInt(size(axis));
                }
            }
            if (allowed.test(new Choice(axes, picks))) {
                return picks;
            }
        }
        return new int[0];
    }

    private int greedy(int[] picks, int axis) {
        int best = -1;
        int most = -1;
        int start = random.nextInt(size(axis));
        for (int k = 0; k < size(axis); k++) {
            int value = (start + k) % size(axis);
            int met = 0;
            for (int other = 0; other < picks.length; other++) {
                met += picks[other] >= 0 && missing.get(pair(axis, value, other, picks[other])) ? 1 : 0;
            }
            if (met > most) {
                most = met;
                best = value;
            }
        }
        return best;
    }

    private void cross(int[] picks) {
        for (int a = 0; a < picks.length; a++) {
            for (int b = a + 1; b < picks.length; b++) {
                missing.clear(pair(a, picks[a], b, picks[b]));
            }
        }
    }

    private int[] order() {
        int[] order = new int[axes.size()];
        for (int i = 0; i < order.length; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    private void shuffle(List<int[]> pairs) {
        for (int i = pairs.size() - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int[] other = pairs.get(j);
            pairs.set(j, pairs.get(i));
            pairs.set(i, other);
        }
    }

    private int size(int axis) {
        return axes.get(axis).values().size();
    }

    private int pair(int a, int i, int b, int j) {
        int one = offsets[a] + i;
        int other = offsets[b] + j;
        return Math.min(one, other) * total + Math.max(one, other);
    }
}
