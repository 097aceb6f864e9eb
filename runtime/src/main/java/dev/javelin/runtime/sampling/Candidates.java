package dev.javelin.runtime.sampling;

/**
 * The tokens that may still be chosen, each filter leaving fewer. All of the vocabulary are not listed one by one; the first
 * filter lists those that it may keep. The list stays in the order of ids.
 */
final class Candidates {

    /** Half of what may be cut off is far more than rounding can amount to, so a list made with it never has to be made anew. */
    private static final double CAUTION = 0.5;

    private final Logits logits;
    private final Keys list;
    private final Selection selection;

    private boolean listed;
    private int size;

    /** The greatest logit. */
    private double top;

    Candidates(Logits logits) {
        this.logits = logits;
        list = new Keys(logits.size());
        selection = new Selection(logits.size());
    }

    /** All tokens; where logits are plus infinity, only those, as equals. */
    void all() {
        listed = false;
        size = logits.size();
        top = Rank.toFloat(logits.greatest());
        if (infinite()) {
            list(Rank.INFINITE);
            long[] keys = list.array();
            for (int i = 0; i < size; i++) {
                keys[i] = Key.of(Rank.of(0f), Key.id(keys[i]));
            }
            top = 0;
        }
    }

    /** Keeps what is at most {@code n} standard deviations below the greatest logit. */
    void topNSigma(double n) {
        if (!listed) { // else the logits are equal
            list(Rank.atLeast(logits.sigmaBound(n)));
        }
    }

    /** Keeps the {@code k} most probable tokens. */
    void topK(int k) {
        if (k >= size) {
            return;
        }
        if (!listed) {
            list(logits.boundOfTop(k, selection, list));
        }
        if (k < size) {
            selection.count(k).find(list.array(), size);
            keepSelected();
        }
    }

    /** Keeps those whose surprise is nearest to the entropy, until their probabilities exceed {@code p}. */
    void typical(double p, int minKeep) {
        if (minKeep >= size) {
            return;
        }
        double total = mass(1);
        // -log(p_i) - entropy = mean logit - logit_i, so no logarithm is needed
        double center = top + moment() / total;
        if (!listed) {
            double bound = tailBound(p, total);
            list(Rank.atLeast(bound));
            if (!holds(center, center - bound, p * total, minKeep)) {
                list(Rank.LOWEST + 1);
            }
        }
        boolean cut =
                selection.mass(p * total, top, minKeep).beyondAround(center).find(list.array(), size);
        if (cut) {
            keepSelected();
            top = Key.logit(greatest());
        }
    }

    /** Keeps the most probable tokens until their probabilities reach {@code p}. */
    void topP(double p, int minKeep) {
        if (minKeep >= size) {
            return;
        }
        double total = mass(1);
        boolean bounded = !listed;
        if (bounded) {
            list(Rank.atLeast(tailBound(p, total)));
        }
        boolean cut = selection.mass(p * total, top, minKeep).find(list.array(), size);
        if (!cut && bounded) {
            list(Rank.LOWEST + 1);
            cut = selection.mass(p * total, top, minKeep).find(list.array(), size);
        }
        if (cut) {
            keepSelected();
        }
    }

    /** Keeps what is at least {@code p} times as probable as the most probable token. */
    void minP(double p, int minKeep) {
        if (minKeep >= size) {
            return;
        }
        int bound = Rank.atLeast(top + StrictMath.log(p));
        if (!listed) {
            list(minKeep > 1 ? Math.min(bound, logits.boundOfTop(minKeep, selection, list)) : bound);
        }
        long[] keys = list.array();
        int kept = 0;
        for (int i = 0; i < size; i++) {
            kept += Key.rank(keys[i]) >= bound ? 1 : 0;
        }
        if (kept < minKeep) {
            topK(minKeep);
            return;
        }
        kept = 0;
        for (int i = 0; i < size; i++) {
            if (Key.rank(keys[i]) >= bound) {
                keys[kept++] = keys[i];
            }
        }
        size = kept;
    }

    /** The sum of the weights {@code exp((logit - top) * scale)}. */
    double mass(double scale) {
        if (!listed) {
            return logits.mass(scale);
        }
        long[] keys = list.array();
        double mass = 0;
        for (int i = 0; i < size; i++) {
            mass += weight(keys[i], scale);
        }
        return mass;
    }

    /** The token, by id, at which the sum of weights exceeds {@code target}, just after {@link #mass} with the same scale. */
    int draw(double target, double scale) {
        if (!listed) {
            return logits.draw(target, scale);
        }
        long[] keys = list.array();
        double sum = 0;
        long chosen = keys[0];
        for (int i = 0; i < size; i++) {
            double weight = weight(keys[i], scale);
            if (weight > 0) {
                chosen = keys[i];
                sum += weight;
                if (sum > target) {
                    break;
                }
            }
        }
        return Key.id(chosen);
    }

    /** The most probable one. */
    int best() {
        return listed ? Key.id(greatest()) : logits.first();
    }

    /** The keys, best first, in a new array. */
    long[] sorted() {
        if (!listed) {
            list(Rank.LOWEST + 1);
        }
        return list.sorted(size);
    }

    /** Copies the keys and says how many they are. */
    int copyTo(Keys other) {
        if (!listed) {
            list(Rank.LOWEST + 1);
        }
        System.arraycopy(list.array(), 0, other.room(size), 0, size);
        return size;
    }

    /** The greatest logit, or zero where logits are plus infinity. */
    double top() {
        return top;
    }

    /** Whether only logits of plus infinity counted. */
    boolean infinite() {
        return logits.greatest() == Rank.INFINITE;
    }

    double weight(long key, double scale) {
        return Exp.of((Key.logit(key) - top) * scale);
    }

    private void list(int least) {
        size = logits.list(least, list);
        listed = true;
    }

    private double moment() {
        if (!listed) {
            return logits.moment();
        }
        long[] keys = list.array();
        double moment = 0;
        for (int i = 0; i < size; i++) {
            moment += weight(keys[i], 1) * (Key.logit(keys[i]) - top);
        }
        return moment;
    }

    /**
     * All tokens below this logit together, were they even all there are, have less than the probability that is cut off. Only
     * for all of the vocabulary.
     */
    private double tailBound(double p, double total) {
        return top + StrictMath.log(CAUTION * (1 - p) * total / logits.size());
    }

    /** Whether the listed tokens within {@code radius} around {@code center} are enough, so that none outside is needed. */
    private boolean holds(double center, double radius, double wantedMass, int wantedCount) {
        long[] keys = list.array();
        double mass = 0;
        int count = 0;
        for (int i = 0; i < size; i++) {
            if (Math.abs(Key.logit(keys[i]) - center) < radius) {
                mass += weight(keys[i], 1);
                count++;
            }
        }
        return mass > wantedMass && count >= wantedCount;
    }

    private void keepSelected() {
        long[] keys = list.array();
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (selection.includes(keys[i])) {
                keys[kept++] = keys[i];
            }
        }
        size = kept;
    }

    private long greatest() {
        long[] keys = list.array();
        long greatest = keys[0];
        for (int i = 1; i < size; i++) {
            greatest = Math.max(greatest, keys[i]);
        }
        return greatest;
    }
}
