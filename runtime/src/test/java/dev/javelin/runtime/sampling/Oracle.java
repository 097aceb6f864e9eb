package dev.javelin.runtime.sampling;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The same chain, written plainly: full sorts, double precision, new lists at every step. */
final class Oracle {

    /** A token with its logit. */
    record Item(int id, double logit) {}

    /** Cuts so near to a threshold that rounding may decide them either way. */
    private static final double NEAR = 1e-12;

    private final SamplingOptions options;
    private boolean close;

    Oracle(SamplingOptions options) {
        this.options = options;
    }

    /** Whether the last call came so near to a threshold that another order of additions may cut elsewhere. */
    boolean close() {
        return close;
    }

    /** What is left, the most probable first. */
    List<Item> filter(float[] logits, List<Integer> history) {
        close = false;
        List<Item> items = sorted(changed(logits, history));
        if (items.getFirst().logit == Double.POSITIVE_INFINITY) {
            items = items.stream()
                    .filter(item -> item.logit == Double.POSITIVE_INFINITY)
                    .map(item -> new Item(item.id, 0))
                    .toList();
        }
        if (options.topNSigma() > 0) {
            items = topNSigma(items);
        }
        if (options.topK() > 0) {
            items = items.subList(0, Math.min(options.topK(), items.size()));
        }
        if (options.typicalP() < 1) {
            items = typical(items);
        }
        if (options.topP() < 1) {
            items = topP(items);
        }
        if (options.minP() > 0) {
            items = minP(items);
        }
        return options.temperature() == 0 ? items.subList(0, 1) : items;
    }

    /** The probabilities of what is left. */
    double[] probabilities(List<Item> items) {
        double scale = options.temperature() == 0 ? 1 : options.temperature();
        return softmax(items, scale);
    }

    private static double[] softmax(List<Item> items, double temperature) {
        double top = items.stream().mapToDouble(Item::logit).max().orElseThrow();
        double[] weights = items.stream()
                .mapToDouble(item -> item.logit == top ? 1 : StrictMath.exp((item.logit - top) / temperature))
                .toArray();
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= sum;
        }
        return weights;
    }

    private List<Item> changed(float[] logits, List<Integer> history) {
        Map<Integer, Integer> counts = new HashMap<>();
        int lastN = options.penaltyLastN() < 0 ? history.size() : Math.min(options.penaltyLastN(), history.size());
        for (int token : history.subList(history.size() - lastN, history.size())) {
            counts.merge(token, 1, Integer::sum);
        }
        List<Item> items = new ArrayList<>();
        for (int id = 0; id < logits.length; id++) {
            float logit = logits[id];
            Double bias = options.logitBias().get(id);
            if (bias != null) {
                logit = bias == Double.NEGATIVE_INFINITY ? Float.NEGATIVE_INFINITY : finite(logit, logit + bias);
            }
            Integer count = counts.get(id);
            if (count != null) {
                logit = finite(logit, logit <= 0 ? logit * options.repeatPenalty() : logit / options.repeatPenalty());
                logit = finite(logit, logit - (count * options.frequencyPenalty() + options.presencePenalty()));
            }
            if (logit != Float.NEGATIVE_INFINITY) {
                items.add(new Item(id, logit == 0 ? 0 : logit));
            }
        }
        return items;
    }

    private static float finite(float before, double after) {
        return Float.isInfinite(before) ? before : (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, after));
    }

    private static List<Item> sorted(List<Item> items) {
        return items.stream()
                .sorted(Comparator.comparingDouble(Item::logit).reversed().thenComparingInt(Item::id))
                .toList();
    }

    private List<Item> topNSigma(List<Item> items) {
        double mean = items.stream().mapToDouble(Item::logit).sum() / items.size();
        double variance = items.stream()
                        .mapToDouble(item -> (item.logit - mean) * (item.logit - mean))
                        .sum()
                / items.size();
        double bound = items.getFirst().logit - options.topNSigma() * Math.sqrt(variance);
        items.forEach(item -> near(item.logit, bound));
        return items.stream().filter(item -> item.logit >= bound).toList();
    }

    private List<Item> typical(List<Item> items) {
        double[] p = softmax(items, 1);
        double entropy = 0;
        for (double q : p) {
            entropy -= q == 0 ? 0 : q * StrictMath.log(q);
        }
        // of log p itself only the difference to the first is exact for the improbable
        double first = StrictMath.log(p[0]);
        List<Double> scores = new ArrayList<>();
        for (Item item : items) {
            scores.add(Math.abs(-first + (items.getFirst().logit - item.logit) - entropy));
        }
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            order.add(i);
        }
        order.sort(Comparator.comparingDouble(scores::get));
        List<Item> kept = new ArrayList<>();
        double sum = 0;
        for (int n = 0; n < order.size(); n++) {
            int i = order.get(n);
            kept.add(items.get(i));
            sum += p[i];
            near(sum, options.typicalP());
            if (sum > options.typicalP() && n + 1 >= options.minKeep()) {
                if (n + 1 < order.size()) {
                    Item next = items.get(order.get(n + 1));
                    if (next.logit != items.get(i).logit) {
                        near(scores.get(i), scores.get(order.get(n + 1)));
                    }
                }
                break;
            }
        }
        return sorted(kept);
    }

    private List<Item> topP(List<Item> items) {
        double[] p = softmax(items, 1);
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            sum += p[i];
            near(sum, options.topP());
            if (sum >= options.topP() && i + 1 >= options.minKeep()) {
                return items.subList(0, i + 1);
            }
        }
        return items;
    }

    private List<Item> minP(List<Item> items) {
        double bound = items.getFirst().logit + StrictMath.log(options.minP());
        List<Item> kept = new ArrayList<>();
        for (Item item : items) {
            if (item.logit >= bound || kept.size() < options.minKeep()) {
                kept.add(item);
            }
        }
        return kept;
    }

    private void near(double a, double b) {
        close |= Math.abs(a - b) <= NEAR * Math.max(1, Math.max(Math.abs(a), Math.abs(b)));
    }
}
