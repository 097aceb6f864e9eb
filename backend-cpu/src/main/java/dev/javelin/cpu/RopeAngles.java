package dev.javelin.cpu;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.javelin.api.RopeSpec;
import dev.javelin.api.RopeSpec.Yarn;
import dev.javelin.api.Step;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cosines and sines of the new tokens of a step. All layers of a plan turn by the same angles, so the first one works them
 * out, in double, and the others find them here.
 */
final class RopeAngles {
    private static final int NOTHING_YET = -1; // no position is negative

    private final double[] frequencies; // [pairs], radians a position
    private final double magnitude;
    private final int[] positions; // of each token, for which the angles were worked out
    private final float[] cosines; // [tokens, pairs]
    private final float[] sines; // [tokens, pairs]

    /** For steps of so many tokens; the factors divide the frequencies. */
    RopeAngles(RopeSpec spec, @Nullable MemorySegment factors, int tokens) {
        int pairs = spec.dims() / 2;
        this.frequencies = frequencies(spec, factors);
        this.magnitude = magnitude(spec);
        this.positions = new int[tokens];
        this.cosines = new float[Math.multiplyExact(tokens, pairs)];
        this.sines = new float[tokens * pairs];
        Arrays.fill(positions, NOTHING_YET);
    }

    /** Bytes that those for so many tokens take. */
    static long bytes(RopeSpec spec, int tokens) {
        long pairs = spec.dims() / 2;
        return pairs * Double.BYTES + tokens * (Integer.BYTES + 2 * pairs * Float.BYTES);
    }

    /** Works out what is not known yet. */
    void update(Step step) {
        for (int token = 0; token < step.tokens(); token++) {
            int position = step.position(token);
            if (positions[token] != position) {
                positions[token] = position;
                turn(position, token * frequencies.length);
            }
        }
    }

    /** [tokens, pairs], times the magnitude. */
    float[] cosines() {
        return cosines;
    }

    /** [tokens, pairs], times the magnitude. */
    float[] sines() {
        return sines;
    }

    private void turn(int position, int at) {
        for (int pair = 0; pair < frequencies.length; pair++) {
            double angle = position * frequencies[pair];
            cosines[at + pair] = (float) (Math.cos(angle) * magnitude);
            sines[at + pair] = (float) (Math.sin(angle) * magnitude);
        }
    }

    private static double[] frequencies(RopeSpec spec, @Nullable MemorySegment factors) {
        double[] frequencies = new double[spec.dims() / 2];
        for (int pair = 0; pair < frequencies.length; pair++) {
            double factor = factors == null ? 1 : factors.getAtIndex(JAVA_FLOAT, pair);
            double unscaled = Math.pow(spec.base(), -2.0 * pair / spec.dims()) / factor;
            double mix = spec.yarn() == null ? 0 : mix(spec, spec.yarn(), pair);
            frequencies[pair] = unscaled * (spec.scale() * (1 - mix) + mix);
        }
        return frequencies;
    }

    /** The share of the unscaled angle, see {@link Yarn}. */
    private static double mix(RopeSpec spec, Yarn yarn, int pair) {
        double low = Math.max(0, Math.floor(turns(spec, yarn, yarn.betaFast())));
        double high = Math.min(spec.dims() - 1.0, Math.ceil(turns(spec, yarn, yarn.betaSlow())));
        double ramp = 1 - Math.clamp((pair - low) / Math.max(0.001, high - low), 0.0, 1.0);
        return ramp * yarn.extrapolation();
    }

    private static double turns(RopeSpec spec, Yarn yarn, double count) {
        return spec.dims() * Math.log(yarn.originalContext() / (2 * Math.PI * count)) / (2 * Math.log(spec.base()));
    }

    private static double magnitude(RopeSpec spec) {
        boolean extrapolates = spec.yarn() != null && spec.yarn().extrapolation() != 0;
        return spec.magnitude() * (extrapolates ? 1 + 0.1 * Math.log(1 / spec.scale()) : 1);
    }
}
