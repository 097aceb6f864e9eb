package dev.javelin.conformance;

import java.util.random.RandomGenerator;

/** How large activations are. */
enum Spread {
    /** Around 1. */
    PLAIN {
        @Override
        float next(RandomGenerator random) {
            return (float) random.nextGaussian();
        }
    },
    /** Around 1, one in a hundred up to a hundred times as large; every third row is zero. */
    OUTLIERS {
        @Override
        float next(RandomGenerator random) {
            double value = random.nextGaussian();
            return (float) (random.nextInt(100) == 0 ? value * 50 : value);
        }
    },
    /** Up to 1e5, beyond the range of F16. */
    HUGE {
        @Override
        float next(RandomGenerator random) {
            double magnitude = Math.pow(10, random.nextDouble(5));
            return (float) (random.nextBoolean() ? magnitude : -magnitude);
        }
    },
    /** Around 0.001, where the eps of a norm counts. */
    TINY {
        @Override
        float next(RandomGenerator random) {
            return (float) (random.nextGaussian() * 1e-3);
        }
    };

    abstract float next(RandomGenerator random);

    /** The elements of so many rows. */
    float[] fill(RandomGenerator random, int rows, int width) {
        float[] values = new float[Math.multiplyExact(rows, width)];
        for (int i = 0; i < values.length; i++) {
            values[i] = next(random);
        }
        for (int row = 2; this == OUTLIERS && row < rows; row += 3) {
            java.util.Arrays.fill(values, row * width, (row + 1) * width, 0);
        }
        return values;
    }
}
