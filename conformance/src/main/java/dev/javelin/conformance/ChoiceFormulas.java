package dev.javelin.conformance;

import dev.javelin.api.Route;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Choosing the largest, as the Javadoc of the operations defines it. What is chosen must be exactly right. */
final class ChoiceFormulas {

    private ChoiceFormulas() {}

    /** Adds the biases of the turn to the rows, and makes what may not be chosen negative infinity. */
    private static double[] choosable(Estimate x, int row, int n, Turn.@Nullable Wanted wanted) {
        double[] choosable = new double[n];
        for (int i = 0; i < n; i++) {
            choosable[i] = number(x.value[row * n + i]);
        }
        if (wanted != null) {
            wanted.biases().forEach(bias -> choosable[bias.id()] = (float) (choosable[bias.id()] + bias.value()));
            for (int i = 0; i < n; i++) {
                choosable[i] = allowed(wanted, i) ? choosable[i] : Double.NEGATIVE_INFINITY;
            }
        }
        return choosable;
    }

    /** The indices of the row, largest element first, of equal ones the lowest index first. */
    private static int[] order(double[] values) {
        return IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> -values[i]).thenComparingInt(i -> i))
                .mapToInt(i -> i)
                .toArray();
    }

    /** @param wanted of each row where rows are outputs, else empty */
    static Estimate argMax(Estimate x, int rows, List<Turn.Wanted> wanted) {
        Estimate out = new Estimate(rows);
        for (int row = 0; row < rows; row++) {
            int n = x.size() / rows;
            Turn.Wanted wish = wanted.isEmpty() ? null : wanted.get(row);
            double[] values = choosable(x, row, n, wish);
            for (int id : order(values)) {
                // a real negative infinity may be chosen, but not what stands for NaN or is not allowed
                if (!Double.isNaN(x.value[row * n + id]) && allowed(wish, id)) {
                    out.value[row] = id;
                    break;
                }
            }
        }
        return out;
    }

    /** What a number counts as: there is one zero only, and NaN is negative infinity. */
    private static double number(double value) {
        return Double.isNaN(value) ? Double.NEGATIVE_INFINITY : value + 0.0;
    }

    private static boolean allowed(Turn.@Nullable Wanted wish, int id) {
        List<Integer> allowed = wish == null ? null : wish.allowed();
        return allowed == null || allowed.contains(id);
    }

    /** The ids, then the values. */
    static List<Estimate> topK(Estimate x, int rows, int k, List<Turn.Wanted> wanted) {
        Estimate ids = new Estimate(rows * k);
        Estimate values = new Estimate(rows * k);
        for (int row = 0; row < rows; row++) {
            double[] choosable = choosable(x, row, x.size() / rows, wanted.isEmpty() ? null : wanted.get(row));
            int[] order = order(choosable);
            for (int i = 0; i < k; i++) {
                ids.value[row * k + i] = order[i];
                values.value[row * k + i] = choosable[order[i]];
            }
        }
        return List.of(ids, values);
    }

    /** The experts, then their shares. A score from {@code exp} is as inexact as the exponent is large. */
    static List<Estimate> route(Route route, Estimate logits, @Nullable Estimate bias) {
        int n = route.logits().width();
        int rows = logits.size() / n;
        Estimate experts = new Estimate(rows * route.k());
        Estimate shares = new Estimate(rows * route.k());
        for (int row = 0; row < rows; row++) {
            double[] scores = scores(route.scoring(), logits, row * n, n);
            double[] keys = new double[n];
            for (int i = 0; i < n; i++) {
                keys[i] = number(scores[i] + (bias == null ? 0 : bias.value[i]));
            }
            int[] order = order(keys);
            double chosen = 0;
            for (int i = 0; i < route.k(); i++) {
                chosen += scores[order[i]];
            }
            double divisor = route.renormalise() ? chosen : 1;
            double exponent = Math.min(100, 2 * largest(logits, row * n, n));
            for (int i = 0; i < route.k(); i++) {
                int at = row * route.k() + i;
                double share = scores[order[i]] / divisor * route.scale();
                double doubt = Estimate.sumNoise(n) + Estimate.F32_UNIT * (4 + exponent);
                experts.value[at] = order[i];
                shares.set(at, share, share * doubt);
            }
        }
        return List.of(experts, shares);
    }

    private static double largest(Estimate x, int at, int n) {
        double most = 0;
        for (int i = at; i < at + n; i++) {
            most = Double.isNaN(x.value[i]) ? most : Math.max(most, Math.abs(x.value[i]));
        }
        return most;
    }

    private static double[] scores(Route.Scoring scoring, Estimate logits, int at, int n) {
        double[] scores = new double[n];
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            most = Math.max(most, logits.value[at + i]);
        }
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double x = logits.value[at + i];
            scores[i] = scoring == Route.Scoring.SIGMOID ? 1 / (1 + Math.exp(-x)) : Math.exp(x - most);
            sum += scores[i];
        }
        for (int i = 0; scoring == Route.Scoring.SOFTMAX && i < n; i++) {
            scores[i] /= sum;
        }
        return scores;
    }
}
