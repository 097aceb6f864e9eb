package dev.javelin.conformance;

import dev.javelin.api.Activation;
import dev.javelin.api.Binary;

/** Operations element by element, and norms, as their Javadoc defines them. */
final class ElementFormulas {

    private ElementFormulas() {}

    static double activation(Activation kind, double x) {
        return switch (kind) {
            case SILU -> x / (1 + Math.exp(-x));
            case GELU_TANH -> x / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
            case GELU_ERF -> x / 2 * ErrorFunction.complement(-x / Math.sqrt(2));
            case RELU_SQUARED -> x > 0 ? x * x : 0;
        };
    }

    /**
     * The noise of an activation: that of its input times the slope, a few units for the function itself ({@code exp} of a
     * large number is as inexact as the number), and for the GELUs a unit of the input, since they cancel for negative ones.
     */
    private static double noise(Activation kind, double x, double error) {
        double y = activation(kind, x);
        double slope = Math.max(Math.abs(activation(kind, x + error) - y), Math.abs(activation(kind, x - error) - y));
        double own = switch (kind) {
            case SILU -> Math.abs(y) * (2 + Math.min(Math.abs(x), 100));
            case GELU_TANH, GELU_ERF -> 2 * Math.abs(y) + Math.abs(x);
            case RELU_SQUARED -> Math.abs(y);
        };
        return Math.hypot(slope, Estimate.F32_UNIT * own);
    }

    static Estimate unary(Activation kind, Estimate x) {
        Estimate out = new Estimate(x.size());
        for (int i = 0; i < out.size(); i++) {
            out.set(i, activation(kind, x.value[i]), noise(kind, x.value[i], x.noise[i]));
        }
        return out;
    }

    static Estimate glu(Activation kind, Estimate gate, Estimate up) {
        Estimate out = new Estimate(gate.size());
        for (int i = 0; i < out.size(); i++) {
            double active = activation(kind, gate.value[i]);
            double error = noise(kind, gate.value[i], gate.noise[i]);
            out.set(i, active * up.value[i], Math.hypot(error * up.value[i], active * up.noise[i]));
        }
        return out;
    }

    /** @param b of the size of {@code a}, or one row for all of its rows */
    static Estimate binary(Binary.Kind kind, Estimate a, Estimate b) {
        Estimate out = new Estimate(a.size());
        for (int i = 0; i < out.size(); i++) {
            int j = i % b.size();
            switch (kind) {
                case ADD -> out.set(i, a.value[i] + b.value[j], Math.hypot(a.noise[i], b.noise[j]));
                case MULTIPLY ->
                    out.set(i, a.value[i] * b.value[j], Math.hypot(a.noise[i] * b.value[j], a.value[i] * b.noise[j]));
            }
        }
        return out;
    }

    static Estimate scale(Estimate x, double factor) {
        Estimate out = new Estimate(x.size());
        for (int i = 0; i < out.size(); i++) {
            out.set(i, x.value[i] * factor, x.noise[i] * factor);
        }
        return out;
    }

    /** A unit of the cap is added for {@code tanh}, whose argument is itself rounded. */
    static Estimate softCap(Estimate x, double cap) {
        Estimate out = new Estimate(x.size());
        for (int i = 0; i < out.size(); i++) {
            double capped = softCap(x.value[i], cap);
            out.set(i, capped, Math.hypot(x.noise[i] * slope(x.value[i], cap), 2 * Estimate.F32_UNIT * capped));
        }
        return out;
    }

    static double softCap(double x, double cap) {
        return cap * Math.tanh(x / cap);
    }

    /** The derivative of the soft cap. */
    static double slope(double x, double cap) {
        double t = Math.tanh(x / cap);
        return 1 - t * t;
    }

    /** Each group of as many elements as there are weights on its own; the mean square carries the noise of all of them. */
    static Estimate rmsNorm(Estimate x, double[] weight, double eps) {
        int n = weight.length;
        Estimate out = new Estimate(x.size());
        for (int group = 0; group < x.size(); group += n) {
            double squares = 0;
            double shaky = 0;
            for (int i = group; i < group + n; i++) {
                squares += x.value[i] * x.value[i];
                shaky += x.value[i] * x.value[i] * x.noise[i] * x.noise[i];
            }
            double mean = squares / n + eps;
            double factor = 1 / Math.sqrt(mean);
            double doubt = Math.sqrt(shaky) / n / mean + Estimate.sumNoise(n) + 2 * Estimate.F32_UNIT;
            for (int i = 0; i < n; i++) {
                double result = x.value[group + i] * factor * weight[i];
                out.set(group + i, result, Math.hypot(x.noise[group + i] * factor * weight[i], doubt * result));
            }
        }
        return out;
    }
}
