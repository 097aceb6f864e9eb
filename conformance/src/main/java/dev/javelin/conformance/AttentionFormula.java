package dev.javelin.conformance;

import dev.javelin.api.Attention;
import dev.javelin.api.Format;
import dev.javelin.api.KvGroup;

/** Attention in double over a plain list of keys and values: every score, then a softmax, then a sum. */
final class AttentionFormula {

    /** Beyond this, an error of a score no longer means what a first-order estimate says. */
    private static final double MOST_DOUBT = 1e3;

    private final Attention op;
    private final KvGroup group;
    private final Estimate q;
    private final double[] qNoise;
    private final double weightUnit;
    private final Estimate out;

    AttentionFormula(Attention op, Estimate q, Format type) {
        this.op = op;
        this.group = op.group();
        this.q = q;
        this.qNoise = Rounding.noise(q, op.q().width(), type);
        this.weightUnit = Rounding.ofWeights(type);
        this.out = new Estimate(q.size() / op.q().width() * op.out().width());
    }

    Estimate result() {
        return out;
    }

    /**
     * One new token.
     *
     * @param row of the token in the step
     * @param sees for each kept token, whether the new one sees it, windows aside
     * @param index KV index of the token
     */
    void token(int row, DenseKv kept, int index, boolean[] sees) {
        for (int head = 0; head < op.heads(); head++) {
            head(row, head, kept, index, sees);
        }
    }

    private void head(int row, int head, DenseKv kept, int index, boolean[] sees) {
        int kvHead = head * group.kvHeads() / op.heads();
        double[] scores = new double[sees.length];
        double[] doubts = new double[sees.length];
        double most = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < sees.length; j++) {
            if (sees[j] && (group.window() == 0 || index - j < group.window())) {
                score(row, head, kept.key(j), kvHead * group.keySize(), j, scores, doubts);
                most = Math.max(most, scores[j]);
            } else {
                scores[j] = Double.NEGATIVE_INFINITY;
            }
        }
        double sum = 0;
        for (int j = 0; j < sees.length; j++) {
            // exp of a difference is as inexact as the difference is large
            doubts[j] = Math.min(
                    MOST_DOUBT, Math.expm1(2 * (doubts[j] + Estimate.F32_UNIT * Math.min(most - scores[j], 100))) / 2);
            scores[j] = Math.exp(scores[j] - most);
            sum += scores[j];
        }
        for (int i = 0; i < group.valueSize(); i++) {
            mix(row, head, kept, kvHead * group.valueSize() + i, i, scores, doubts, sum);
        }
    }

    private void score(int row, int head, Estimate key, int keyAt, int j, double[] scores, double[] doubts) {
        int queryAt = row * op.q().width() + head * group.keySize();
        double sum = 0;
        double magnitude = 0;
        double doubt = 0;
        for (int i = 0; i < group.keySize(); i++) {
            double a = q.value[queryAt + i];
            double b = key.value[keyAt + i];
            double errorOfKey = key.noise[keyAt + i] + weightUnit * Math.abs(b);
            sum += a * b;
            magnitude += Math.abs(a * b);
            doubt += square(qNoise[queryAt + i] * b) + square(a * errorOfKey);
        }
        double scale = op.scale();
        scores[j] = sum * scale;
        doubts[j] = Math.abs(scale) * Math.hypot(Math.sqrt(doubt), Estimate.sumNoise(group.keySize()) * magnitude);
        if (op.softCap() > 0) {
            doubts[j] =
                    doubts[j] * ElementFormulas.slope(scores[j], op.softCap()) + 2 * Estimate.F32_UNIT * op.softCap();
            scores[j] = ElementFormulas.softCap(scores[j], op.softCap());
        }
    }

    /**
     * One element of the result: an error of a score shifts it towards or away from that token's value. Matrix units take
     * probabilities in the activation type too.
     */
    private void mix(
            int row, int head, DenseKv kept, int valueAt, int i, double[] shares, double[] doubts, double sum) {
        double result = 0;
        double magnitude = 0;
        for (int j = 0; j < shares.length; j++) {
            if (shares[j] > 0) {
                double term = shares[j] / sum * kept.value(j).value[valueAt];
                result += term;
                magnitude += Math.abs(term);
            }
        }
        double doubt = 0;
        for (int j = 0; j < shares.length; j++) {
            if (shares[j] > 0) {
                double p = shares[j] / sum;
                double value = kept.value(j).value[valueAt];
                doubt +=
                        square(p * (doubts[j] + weightUnit) * (Math.abs(value - result) + weightUnit * Math.abs(value)))
                                + square(p * (kept.value(j).noise[valueAt] + 2 * weightUnit * Math.abs(value)));
            }
        }
        double arithmetic = Estimate.sumNoise(shares.length) * magnitude;
        out.set(
                row * op.out().width() + head * group.valueSize() + i,
                result,
                Math.hypot(Math.sqrt(doubt), arithmetic));
    }

    private static double square(double x) {
        return x * x;
    }
}
