package dev.javelin.conformance;

import dev.javelin.api.RopeSpec;
import dev.javelin.api.RopeSpec.Order;
import dev.javelin.api.RopeSpec.Yarn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ways in which models stretch positions. */
enum RopeFamily {
    PLAIN,
    /** Positions divided by four. */
    LINEAR {
        @Override
        RopeSpec spec(Order order, int dims, double base) {
            return new RopeSpec(order, dims, base, 0.25, 1, null);
        }
    },
    /** Slow frequencies eight times slower, as Llama 3.1 does for a context of 8192. */
    LLAMA3 {
        @Override
        double @Nullable [] factors(int dims, double base) {
            double[] factors = new double[dims / 2];
            for (int pair = 0; pair < factors.length; pair++) {
                double wavelength = 2 * Math.PI * Math.pow(base, 2.0 * pair / dims);
                double smooth = Math.clamp((8192 / wavelength - 1) / (4 - 1), 0.0, 1.0);
                factors[pair] = 1 / ((1 - smooth) / 8 + smooth);
            }
            return factors;
        }
    },
    /** A factor for each pair, and a longer vector. */
    LONGROPE {
        @Override
        RopeSpec spec(Order order, int dims, double base) {
            return new RopeSpec(order, dims, base, 1, 1.19f, null);
        }

        @Override
        double @Nullable [] factors(int dims, double base) {
            double[] factors = new double[dims / 2];
            for (int pair = 0; pair < factors.length; pair++) {
                factors[pair] = 1.05 + 60.0 * pair / dims * (1 + pair % 3);
            }
            return factors;
        }
    },
    YARN {
        @Override
        RopeSpec spec(Order order, int dims, double base) {
            return new RopeSpec(order, dims, base, 0.25, 1, new Yarn(1, 32, 1, 4096));
        }
    },
    /** With a magnitude of its own, other betas, and a share of the mix. */
    YARN_MIXED {
        @Override
        RopeSpec spec(Order order, int dims, double base) {
            return new RopeSpec(order, dims, base, 1 / 40.0, 0.9f, new Yarn(0.6f, 20, 2, 32768));
        }
    },
    /** Without extrapolation nothing but the scale is left. */
    YARN_OFF {
        @Override
        RopeSpec spec(Order order, int dims, double base) {
            return new RopeSpec(order, dims, base, 0.5, 1, new Yarn(0, 32, 1, 4096));
        }
    };

    static final Axis<RopeFamily> AXIS = Axis.of("rope", List.of(values()));

    RopeSpec spec(Order order, int dims, double base) {
        return RopeSpec.plain(order, dims, base);
    }

    /** What divides the frequencies, or null. */
    double @Nullable [] factors(int dims, double base) {
        return null;
    }
}
