package dev.javelin.runtime.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/** Integers of any size up to a limit: a {@code Long} where it fits, else a {@code BigInteger}. */
final class Integers {

    /** Python's limit of digits when integers are read and printed. */
    static final int DIGITS = 4300;

    private static final int BITS = 14_284; // the bits of 4,300 digits
    private static final long EXACT = 1L << 53; // up to here a float holds every integer
    private static final MathContext PRECISE = new MathContext(60);

    private Integers() {}

    static boolean is(Object value) {
        return value instanceof Long || value instanceof BigInteger;
    }

    static BigInteger big(Object value) {
        return value instanceof BigInteger big ? big : BigInteger.valueOf((Long) value);
    }

    static Object of(BigInteger value) {
        if (value.bitLength() < Long.SIZE) {
            return value.longValue();
        }
        if (value.bitLength() > BITS) {
            throw tooLarge();
        }
        return value;
    }

    /** About how many digits it has. */
    static long digits(Object value) {
        return value instanceof BigInteger big ? big.bitLength() / 3 : 20;
    }

    static Object add(Object a, Object b) {
        if (a instanceof Long x && b instanceof Long y) {
            long sum = x + y;
            if (((x ^ sum) & (y ^ sum)) >= 0) {
                return sum;
            }
        }
        return of(big(a).add(big(b)));
    }

    static Object subtract(Object a, Object b) {
        if (a instanceof Long x && b instanceof Long y) {
            long difference = x - y;
            if (((x ^ y) & (x ^ difference)) >= 0) {
                return difference;
            }
        }
        return of(big(a).subtract(big(b)));
    }

    static Object multiply(Object a, Object b) {
        if (a instanceof Long x && b instanceof Long y) {
            long low = x * y;
            if (Math.multiplyHigh(x, y) == low >> 63) {
                return low;
            }
        }
        return of(big(a).multiply(big(b)));
    }

    static Object floorDivide(Object a, Object b) {
        if (a instanceof Long x && b instanceof Long y && y != 0 && y != -1) {
            return Math.floorDiv(x, y);
        }
        BigInteger[] parts = divide(a, b);
        return of(parts[1].signum() * big(b).signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0]);
    }

    static Object modulo(Object a, Object b) {
        if (a instanceof Long x && b instanceof Long y && y != 0) {
            return Math.floorMod(x, y);
        }
        BigInteger rest = divide(a, b)[1];
        return of(rest.signum() * big(b).signum() < 0 ? rest.add(big(b)) : rest);
    }

    private static BigInteger[] divide(Object a, Object b) {
        if (big(b).signum() == 0) {
            throw Fault.render("division by zero");
        }
        return big(a).divideAndRemainder(big(b));
    }

    /** The exact quotient, rounded to a float once. */
    static double quotient(Object a, Object b) {
        if (big(b).signum() == 0) {
            throw Fault.render("division by zero");
        }
        if (a instanceof Long x && b instanceof Long y && Math.abs(x) <= EXACT && Math.abs(y) <= EXACT) {
            return (double) x / (double) y;
        }
        double quotient =
                new BigDecimal(big(a)).divide(new BigDecimal(big(b)), PRECISE).doubleValue();
        if (Double.isInfinite(quotient)) {
            throw tooLarge();
        }
        return quotient;
    }

    static Object power(Object base, long exponent) {
        BigInteger big = big(base);
        boolean small = big.bitLength() <= 1 && big.abs().compareTo(BigInteger.ONE) <= 0;
        if (!small && (exponent > BITS || exponent * (big.abs().bitLength() - 1) > BITS)) {
            throw tooLarge();
        }
        // Powers of -1, 0 and 1 depend on whether the exponent is 0, and on its parity.
        return of(big.pow(small ? (int) (exponent == 0 ? 0 : 2 - exponent % 2) : (int) exponent));
    }

    static double toDouble(Object value) {
        double number =
                value instanceof Long small ? (double) small : big(value).doubleValue();
        if (Double.isInfinite(number)) {
            throw tooLarge();
        }
        return number;
    }

    /** The integer part of a finite float. */
    static Object of(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw Fault.render("only a finite float can become an integer: float=" + FloatText.of(value));
        }
        return of(new BigDecimal(value).toBigInteger());
    }

    static Fault tooLarge() {
        return Fault.limit("a number is too large: integers may have at most " + DIGITS + " digits, floats 308");
    }
}
