package dev.javelin.kernels.opencl;

import dev.javelin.api.Rope;
import dev.javelin.api.RopeSpec;
import dev.javelin.api.StepColumn;
import dev.javelin.kernels.gpu.Arg;
import dev.javelin.kernels.gpu.KernelId;
import dev.javelin.kernels.gpu.Launch;
import dev.javelin.kernels.gpu.PlanFacts;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Launches of rotations. The frequencies of the pairs are worked out here, in double. */
final class Ropes {
    private static final int WITH_FACTORS = 1;
    private static final int NEIGHBOURS = 2;

    private final Sizes sizes;

    Ropes(Sizes sizes) {
        this.sizes = sizes;
    }

    List<Launch> rope(Rope op, PlanFacts plan) {
        RopeSpec spec = op.spec();
        int flags = (op.factors() == null ? 0 : WITH_FACTORS)
                | (spec.order() == RopeSpec.Order.NEIGHBOURS ? NEIGHBOURS : 0);
        Args args = new Args(plan)
                .operand(op.out())
                .operand(op.x())
                .add(new Arg.Table("frequencies " + spec, () -> frequencies(spec)))
                .vectorOr(op.factors(), op.x())
                .column(StepColumn.POSITION)
                .counts()
                .number(op.heads())
                .number(op.headSize())
                .number(spec.dims())
                .number(shift(spec))
                .real((float) magnitude(spec))
                .number(flags);
        int items = op.heads() * (op.headSize() - spec.dims() / 2);
        return List.of(Launches.elements(
                new KernelId("rope", "rope"), args, sizes, items, op.x().rows()));
    }

    /** Turns a position of each pair, as fractions of 2^64 of a turn over {@code 2^shift}. */
    private static byte[] frequencies(RopeSpec spec) {
        int pairs = spec.dims() / 2;
        ByteBuffer fractions = ByteBuffer.allocate(pairs * Long.BYTES).order(ByteOrder.nativeOrder());
        double unit = Math.scalb(1.0, 63 - shift(spec));
        for (int pair = 0; pair < pairs; pair++) {
            fractions.putLong((long) (turns(spec, pair) * unit) << 1);
        }
        return fractions.array();
    }

    /** Fewest bits by which the turns have to be shifted to lie below one. */
    private static int shift(RopeSpec spec) {
        double most = 0;
        for (int pair = 0; pair < spec.dims() / 2; pair++) {
            most = Math.max(most, turns(spec, pair));
        }
        return Math.max(0, Math.getExponent(most) + 1);
    }

    /** Turns a position of a pair, without the factors that a model may have besides. */
    private static double turns(RopeSpec spec, int pair) {
        double mix = spec.yarn() == null ? 0 : mix(spec, spec.yarn(), pair);
        double unscaled = Math.pow(spec.base(), -2.0 * pair / spec.dims());
        return unscaled * (spec.scale() * (1 - mix) + mix) / (2 * Math.PI);
    }

    /** The share of the unscaled angle, see {@link RopeSpec.Yarn}. */
    private static double mix(RopeSpec spec, RopeSpec.Yarn yarn, int pair) {
        double low = Math.max(0, Math.floor(pairThatTurns(spec, yarn, yarn.betaFast())));
        double high = Math.min(spec.dims() - 1.0, Math.ceil(pairThatTurns(spec, yarn, yarn.betaSlow())));
        double ramp = 1 - Math.clamp((pair - low) / Math.max(0.001, high - low), 0.0, 1.0);
        return ramp * yarn.extrapolation();
    }

    /** The pair that makes so many turns over the original context. */
    private static double pairThatTurns(RopeSpec spec, RopeSpec.Yarn yarn, double count) {
        return spec.dims() * Math.log(yarn.originalContext() / (2 * Math.PI * count)) / (2 * Math.log(spec.base()));
    }

    private static double magnitude(RopeSpec spec) {
        boolean extrapolates = spec.yarn() != null && spec.yarn().extrapolation() != 0;
        return spec.magnitude() * (extrapolates ? 1 + 0.1 * Math.log(1 / spec.scale()) : 1);
    }
}
