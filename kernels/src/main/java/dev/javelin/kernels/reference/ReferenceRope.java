package dev.javelin.kernels.reference;

import dev.javelin.api.Rope;
import dev.javelin.api.RopeSpec;
import dev.javelin.api.RopeSpec.Yarn;
import dev.javelin.api.Step;
import dev.javelin.api.Tensor;
import dev.javelin.kernels.host.Kernel;
import dev.javelin.kernels.host.PlanMemory;

/** {@link Rope}, by the formulas of {@link RopeSpec} in double. */
final class ReferenceRope implements Kernel {
    private final Rope op;
    private final Floats out;
    private final Floats x;
    private final double[] frequencies; // [dims/2], radians a position
    private final double magnitude;

    ReferenceRope(Rope op, PlanMemory<Tensor> memory) {
        this.op = op;
        this.out = Floats.of(op.out(), memory);
        this.x = Floats.of(op.x(), memory);
        this.frequencies = frequencies(op.spec(), Vector.ofOr(op.factors(), 1, memory));
        this.magnitude = magnitude(op.spec());
    }

    @Override
    public void run(Step step) {
        for (int token = 0; token < step.tokens(); token++) {
            for (int head = 0; head < op.heads(); head++) {
                turn((long) token * x.width() + (long) head * op.headSize(), step.position(token));
            }
        }
    }

    private void turn(long head, int position) {
        int dims = op.spec().dims();
        for (int pair = 0; pair < dims / 2; pair++) {
            long first = head
                    + switch (op.spec().order()) {
                        case NEIGHBOURS -> 2 * pair;
                        case HALVES -> pair;
                    };
            long second = first
                    + switch (op.spec().order()) {
                        case NEIGHBOURS -> 1;
                        case HALVES -> dims / 2;
                    };
            double angle = position * frequencies[pair];
            double cos = StrictMath.cos(angle) * magnitude;
            double sin = StrictMath.sin(angle) * magnitude;
            double a = x.get(first);
            double b = x.get(second);
            out.set(first, a * cos - b * sin);
            out.set(second, a * sin + b * cos);
        }
        for (int i = dims; i < op.headSize(); i++) {
            out.set(head + i, x.get(head + i));
        }
    }

    private static double[] frequencies(RopeSpec spec, Vector factors) {
        double[] frequencies = new double[spec.dims() / 2];
        for (int pair = 0; pair < frequencies.length; pair++) {
            double unscaled = StrictMath.pow(spec.base(), -2.0 * pair / spec.dims()) / factors.get(pair);
            double mix = mix(spec, pair);
            frequencies[pair] = unscaled * (spec.scale() * (1 - mix) + mix);
        }
        return frequencies;
    }

    /** The share of the unscaled angle. */
    private static double mix(RopeSpec spec, int pair) {
        Yarn yarn = spec.yarn();
        if (yarn == null) {
            return 0;
        }
        double low = Math.max(0, Math.floor(turns(spec, yarn, yarn.betaFast())));
        double high = Math.min(spec.dims() - 1, Math.ceil(turns(spec, yarn, yarn.betaSlow())));
        double ramp = 1 - Math.clamp((pair - low) / Math.max(0.001, high - low), 0, 1);
        return ramp * yarn.extrapolation();
    }

    /** The pair that makes so many turns over the original context. */
    private static double turns(RopeSpec spec, Yarn yarn, double count) {
        return spec.dims()
                * StrictMath.log(yarn.originalContext() / (2 * Math.PI * count))
                / (2 * StrictMath.log(spec.base()));
    }

    private static double magnitude(RopeSpec spec) {
        Yarn yarn = spec.yarn();
        return yarn == null || yarn.extrapolation() == 0
                ? spec.magnitude()
                : spec.magnitude() * (1 + 0.1 * StrictMath.log(1 / spec.scale()));
    }
}
