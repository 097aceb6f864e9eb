package dev.javelin.conformance;

import dev.javelin.api.RopeSpec;
import org.jspecify.annotations.Nullable;

/** Rotary position embedding in double, written from the definitions of its families and not from any kernel. */
final class RopeFormula {

    private final RopeSpec spec;
    private final double @Nullable [] factors;

    RopeFormula(RopeSpec spec, double @Nullable [] factors) {
        this.spec = spec;
        this.factors = factors;
    }

    /** How much longer than plain turning makes the cosine and sine. */
    double magnitude() {
        RopeSpec.Yarn yarn = spec.yarn();
        boolean lengthened = yarn != null && yarn.extrapolation() != 0;
        return spec.magnitude() * (lengthened ? 1 + 0.1 * Math.log(1 / spec.scale()) : 1);
    }

    /** The angle by which a pair turns. */
    double angle(int pair, int position) {
        double frequency = Math.pow(spec.base(), -2.0 * pair / spec.dims());
        double plain = position * frequency / (factors == null ? 1 : factors[pair]);
        RopeSpec.Yarn yarn = spec.yarn();
        if (yarn == null) {
            return plain * spec.scale();
        }
        double mix = extrapolated(yarn, pair) * yarn.extrapolation();
        return plain * (spec.scale() * (1 - mix) + mix);
    }

    /** 1 for fast pairs, 0 for slow ones, a ramp between. */
    private double extrapolated(RopeSpec.Yarn yarn, int pair) {
        double low = Math.max(0, Math.floor(turns(yarn, yarn.betaFast())));
        double high = Math.min(spec.dims() - 1, Math.ceil(turns(yarn, yarn.betaSlow())));
        double ramp = (pair - low) / Math.max(0.001, high - low);
        return 1 - Math.clamp(ramp, 0.0, 1.0);
    }

    /** The pair that turns so many times over the original context. */
    private double turns(RopeSpec.Yarn yarn, double beta) {
        return spec.dims() * Math.log(yarn.originalContext() / (2 * Math.PI * beta)) / (2 * Math.log(spec.base()));
    }

    /**
     * Turns all heads of all tokens. An angle computed in F32 is off by a few units of itself, which moves the result by as
     * much of the pair's length.
     */
    Estimate turn(Estimate x, int headSize, int heads, int[] positions) {
        Estimate out = new Estimate(x.size());
        for (int token = 0; token < positions.length; token++) {
            for (int head = 0; head < heads; head++) {
                int at = (token * heads + head) * headSize;
                for (int i = spec.dims(); i < headSize; i++) {
                    out.set(at + i, x.value[at + i], x.noise[at + i]);
                }
                for (int pair = 0; pair < spec.dims() / 2; pair++) {
                    boolean neighbours = spec.order() == RopeSpec.Order.NEIGHBOURS;
                    int one = at + (neighbours ? 2 * pair : pair);
                    int other = at + (neighbours ? 2 * pair + 1 : pair + spec.dims() / 2);
                    turn(x, out, one, other, angle(pair, positions[token]));
                }
            }
        }
        return out;
    }

    private void turn(Estimate x, Estimate out, int one, int other, double angle) {
        double cos = Math.cos(angle) * magnitude();
        double sin = Math.sin(angle) * magnitude();
        double length = Math.hypot(x.value[one], x.value[other]) * magnitude();
        double own = Estimate.F32_UNIT * length * (2 + 4 * Math.abs(angle));
        out.set(
                one,
                x.value[one] * cos - x.value[other] * sin,
                Math.hypot(own, Math.hypot(x.noise[one] * cos, x.noise[other] * sin)));
        out.set(
                other,
                x.value[one] * sin + x.value[other] * cos,
                Math.hypot(own, Math.hypot(x.noise[one] * sin, x.noise[other] * cos)));
    }
}
