package dev.javelin.cuda.ptx;

/** The two formats of 16 bits. Sources are the lowest bits of an int, results have zeros above. */
enum HalfFormat {
    F16(11, -14, 65504, 0x7fff),
    BF16(8, -126, 0x1.FEp127, 0x7fff);

    private final int precision;
    private final int leastExponent;
    private final double largest;
    private final int nan;

    HalfFormat(int precision, int leastExponent, double largest, int nan) {
        this.precision = precision;
        this.leastExponent = leastExponent;
        this.largest = largest;
        this.nan = nan;
    }

    static HalfFormat of(PtxType type, Coding c) {
        return switch (type) {
            case F16, F16X2 -> F16;
            case BF16, BF16X2 -> BF16;
            default -> throw c.error("not on ." + type.modifier());
        };
    }

    float decode(int bits) {
        return this == F16 ? Float.float16ToFloat((short) bits) : Float.intBitsToFloat(bits << 16);
    }

    float decode(int bits, boolean flush) {
        float value = decode(bits);
        return flush && Math.abs(value) < Math.scalb(1f, leastExponent) ? Math.copySign(0f, value) : value;
    }

    /** Rounded to nearest even. */
    int encode(double value) {
        return encode(value, Rounding.NEAREST);
    }

    int encode(double value, Rounding rounding) {
        if (Double.isNaN(value)) {
            return nan;
        }
        double rounded = value;
        if (Double.isFinite(value) && value != 0) {
            int exponent = Math.max(Math.getExponent(value), leastExponent);
            int unit = exponent - precision + 1;
            rounded = Math.scalb(rounding.toInteger(Math.scalb(value, -unit)), unit);
            if (Math.abs(rounded) > largest) {
                boolean toLargest = rounding == Rounding.ZERO
                        || (rounding == Rounding.DOWN && value > 0)
                        || (rounding == Rounding.UP && value < 0);
                rounded = Math.copySign(toLargest ? largest : Double.POSITIVE_INFINITY, value);
            }
        }
        float exact = (float) Math.copySign(rounded, value);
        return this == F16 ? Float.floatToFloat16(exact) & 0xffff : Float.floatToRawIntBits(exact) >>> 16;
    }

    /** The largest number, for conversions that saturate. */
    double largest() {
        return largest;
    }

    /** Does it with both halves of a word. */
    static Lanes.OfInt1 both(Lanes.OfInt1 one) {
        return a -> (one.apply(a & 0xffff) & 0xffff) | one.apply(a >>> 16) << 16;
    }

    static Lanes.OfInt2 both(Lanes.OfInt2 one) {
        return (a, b) -> (one.apply(a & 0xffff, b & 0xffff) & 0xffff) | one.apply(a >>> 16, b >>> 16) << 16;
    }

    static Lanes.OfInt3 both(Lanes.OfInt3 one) {
        return (a, b, c) -> (one.apply(a & 0xffff, b & 0xffff, c & 0xffff) & 0xffff)
                | one.apply(a >>> 16, b >>> 16, c >>> 16) << 16;
    }
}
