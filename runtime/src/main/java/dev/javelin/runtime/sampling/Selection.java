package dev.javelin.runtime.sampling;

import java.util.Arrays;

/**
 * Finds the shortest run of keys, best first, that has enough keys and enough weight, without sorting: it counts and weighs the
 * keys by their leading bits, looks where the run ends, and goes on with the keys there only. The time is linear, whatever the
 * keys.
 */
final class Selection {

    private static final int DIGIT_BITS = 11;
    private static final int BINS = 1 << DIGIT_BITS;

    /** Digits of 64 bits: five of eleven and one of nine. */
    private static final int DIGITS = 6;

    /** So few keys are quicker to sort. */
    private static final int FEW = 64;

    private final Keys live;
    private final int[] counts = new int[BINS];
    private final double[] masses = new double[BINS];

    private int wantedCount;
    private double wantedMass;
    private boolean beyond;
    private double top;
    private double center;

    private int count;
    private double mass;
    private long lastOrder;
    private long last;

    Selection(int limit) {
        live = new Keys(limit);
    }

    /** The goal is {@code k} keys. */
    Selection count(int k) {
        wantedCount = k;
        wantedMass = 0;
        beyond = false;
        center = Double.NaN;
        return this;
    }

    /** The goal is this weight, a logit of {@code top} weighing 1, and at least {@code minCount} keys. */
    Selection mass(double weight, double top, int minCount) {
        count(Math.max(1, minCount));
        wantedMass = weight;
        this.top = top;
        return this;
    }

    /** The goal is more than the weight, and those keys are best whose logits are nearest to {@code center}. */
    Selection beyondAround(double center) {
        beyond = true;
        this.center = center;
        return this;
    }

    /** The last key of the run found. */
    long last() {
        return last;
    }

    /** Whether a key belongs to the run found. */
    boolean includes(long key) {
        long order = order(key);
        return order > lastOrder || (order == lastOrder && key >= last);
    }

    /** Looks for the run; false if all keys are not enough, and then all belong to it. */
    boolean find(long[] keys, int size) {
        count = 0;
        mass = 0;
        long[] from = keys;
        int n = size;
        for (int digit = Double.isNaN(center) ? DIGITS : 0; n > FEW; digit++) {
            measure(from, n, digit);
            int bin = binOfTheEnd();
            long[] to = live.room(n);
            int kept = 0;
            for (int i = 0; i < n; i++) {
                long key = from[i];
                if (digit(key, digit) == bin) {
                    to[kept++] = key;
                }
            }
            from = to;
            n = kept;
        }
        return walk(from, n);
    }

    private void measure(long[] keys, int n, int digit) {
        Arrays.fill(counts, 0);
        Arrays.fill(masses, 0);
        boolean weighs = weighs();
        for (int i = 0; i < n; i++) {
            int bin = digit(keys[i], digit);
            counts[bin]++;
            if (weighs) {
                masses[bin] += weight(keys[i]);
            }
        }
    }

    /** The bin in which the run ends, having added up those before it; the last one with keys if the run does not end. */
    private int binOfTheEnd() {
        int bin = BINS - 1;
        int lastUsed = -1;
        int countBefore = count;
        double massBefore = mass;
        for (; bin >= 0; bin--) {
            if (counts[bin] > 0) {
                lastUsed = bin;
                countBefore = count;
                massBefore = mass;
                count += counts[bin];
                mass += masses[bin];
                if (enough()) {
                    break;
                }
            }
        }
        count = countBefore;
        mass = massBefore;
        return lastUsed;
    }

    private boolean walk(long[] keys, int n) {
        long[] sorted = live.room(n);
        for (int i = 0; i < n; i++) {
            long key = keys[i];
            long order = order(key);
            int at = i;
            while (at > 0 && isBetter(order, key, sorted[at - 1])) {
                sorted[at] = sorted[at - 1];
                at--;
            }
            sorted[at] = key;
        }
        boolean weighs = weighs();
        boolean enough = false;
        for (int i = 0; i < n && !enough; i++) {
            last = sorted[i];
            count++;
            mass += weighs ? weight(last) : 0;
            enough = enough();
        }
        lastOrder = order(last);
        return enough;
    }

    private boolean isBetter(long order, long key, long other) {
        long otherOrder = order(other);
        return order > otherOrder || (order == otherOrder && key > other);
    }

    private boolean enough() {
        return count >= wantedCount && (beyond ? mass > wantedMass : mass >= wantedMass);
    }

    private boolean weighs() {
        return beyond || wantedMass > 0;
    }

    private double weight(long key) {
        return Exp.of(Key.logit(key) - top);
    }

    /** What counts before the key itself: greater is nearer to the centre. */
    private long order(long key) {
        return Double.isNaN(center) ? 0 : ~Double.doubleToRawLongBits(Math.abs(Key.logit(key) - center));
    }

    /** The digit of a number of 128 bits: the order, then the key. */
    private int digit(long key, int digit) {
        long word = digit < DIGITS ? order(key) : key;
        int place = digit < DIGITS ? digit : digit - DIGITS;
        int shift = Math.max(0, Long.SIZE - (place + 1) * DIGIT_BITS);
        return (int) ((word ^ Long.MIN_VALUE) >>> shift) & (BINS - 1);
    }
}
