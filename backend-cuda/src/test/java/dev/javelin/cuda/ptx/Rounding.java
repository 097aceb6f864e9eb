package dev.javelin.cuda.ptx;

import org.jspecify.annotations.Nullable;

/** The directions in which results are rounded. */
enum Rounding {
    NEAREST,
    ZERO,
    DOWN,
    UP;

    /** Takes the modifier of an instruction; nearest even without one. */
    static Rounding take(Coding c) {
        return of(c.takeAny("rn", "rz", "rm", "rp"));
    }

    /** Takes the modifier that rounds to an integer; null without one. */
    static @Nullable Rounding takeInteger(Coding c) {
        String modifier = c.takeAny("rni", "rzi", "rmi", "rpi");
        return modifier == null ? null : of(modifier.substring(0, 2));
    }

    private static Rounding of(@Nullable String modifier) {
        return switch (modifier) {
            case null -> NEAREST;
            case "rz" -> ZERO;
            case "rm" -> DOWN;
            case "rp" -> UP;
            default -> NEAREST;
        };
    }

    double toInteger(double value) {
        return switch (this) {
            case NEAREST -> Math.rint(value);
            case ZERO -> value < 0 ? Math.ceil(value) : Math.floor(value);
            case DOWN -> Math.floor(value);
            case UP -> Math.ceil(value);
        };
    }

    /**
     * The float next to an exact value that is given as a sum, the second part less than half a unit in the last place of the
     * first.
     */
    float toFloat(double value, double rest) {
        float near = (float) value;
        if (Double.isNaN(value)) {
            return Float.NaN;
        }
        if (Double.isInfinite(value)) {
            return near;
        }
        if (this == NEAREST) {
            return (float) odd(value, rest);
        }
        int side = value == near ? Double.compare(rest + 0.0, 0.0) : Double.compare(value, near);
        boolean down = this == DOWN || (this == ZERO && value > 0);
        if (side < 0 && down) {
            return Math.nextDown(near);
        }
        return side > 0 && !down ? Math.nextUp(near) : near;
    }

    /** Rounded so that rounding again to fewer bits is as good as rounding the exact sum once. */
    static double odd(double value, double rest) {
        if (rest == 0 || (Double.doubleToRawLongBits(value) & 1) != 0 || !Double.isFinite(value)) {
            return value;
        }
        return rest > 0 ? Math.nextUp(value) : Math.nextDown(value);
    }

    /** What a sum of doubles, rounded, lacks to the exact one. */
    static double restOfSum(double a, double b, double sum) {
        double bPart = sum - a;
        return (a - (sum - bPart)) + (b - bPart);
    }

    /** {@code a * b + c}, rounded once. */
    float fma(float a, float b, float c) {
        double product = (double) a * b; // exact
        double sum = product + c;
        float result = toFloat(sum, restOfSum(product, c, sum));
        return sum == 0 ? zero(product, c, sum) : result;
    }

    float add(float a, float b) {
        double sum = (double) a + b;
        float result = toFloat(sum, restOfSum(a, b, sum));
        return sum == 0 ? zero(a, b, sum) : result;
    }

    /** Sums of opposite numbers are zeros, negative ones where all is rounded down. */
    private float zero(double a, double b, double sum) {
        boolean positive = (Double.doubleToRawLongBits(a) | Double.doubleToRawLongBits(b)) == 0;
        return this == DOWN && !positive ? -0f : (float) sum;
    }
}
