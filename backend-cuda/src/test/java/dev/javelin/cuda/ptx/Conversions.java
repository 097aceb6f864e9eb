package dev.javelin.cuda.ptx;

import org.jspecify.annotations.Nullable;

/** Conversions between types. */
final class Conversions {
    private Conversions() {}

    static void addTo(InstructionSet set) {
        set.put("cvt", Conversions::decode);
    }

    private static Step decode(Coding c) {
        if (c.take("pack")) {
            return packIntegers(c);
        }
        Rounding toInteger = Rounding.takeInteger(c);
        boolean relaxed = c.has("rn") || c.has("rz") || c.has("rm") || c.has("rp") || c.has("rna");
        boolean away = c.take("rna");
        Rounding rounding = Rounding.take(c);
        boolean flush = c.take("ftz");
        boolean saturate = c.take("sat");
        boolean finite = c.take("satfinite");
        boolean positive = c.take("relu");
        PtxType to = c.takeType();
        PtxType from = c.takeType();
        Manner manner = new Manner(toInteger, rounding, flush, saturate, finite, positive, away);
        if (to.packed()) {
            c.done(3);
            return packHalves(c, to, from, manner);
        }
        c.done(2);
        if (from.packed() || to == PtxType.PRED || (to.floating() && !from.floating() && !relaxed)) {
            throw c.error("no such conversion");
        }
        Step fast = manner.plain() ? fast(c, to, from) : null;
        if (fast != null) {
            return fast;
        }
        Place d = c.place(c.operand(0), to);
        return Steps.places(d, c.place(c.operand(1), from), operation(c, to, from, manner));
    }

    /** How a conversion rounds and what it does with numbers that do not fit. */
    private record Manner(
            @Nullable Rounding toInteger,
            Rounding rounding,
            boolean flush,
            boolean saturate,
            boolean finite,
            boolean positive,
            boolean away) {
        boolean plain() {
            return toInteger == null
                    && rounding == Rounding.NEAREST
                    && !flush
                    && !saturate
                    && !finite
                    && !positive
                    && !away;
        }
    }

    // the conversions that kernels are full of

    private static @Nullable Step fast(Coding c, PtxType to, PtxType from) {
        if (to == PtxType.F32 && from.integer() && !from.wide()) {
            Place a = c.place(c.operand(1), from);
            if (a.wide() || from == PtxType.U32 || from == PtxType.B32) {
                return null;
            }
            int unused = 32 - from.bits();
            boolean signed = from.signed();
            return Steps.ints(c.narrow(0), a.slot(), (d, column) -> {
                for (int i = 0; i < Lanes.COUNT; i++) {
                    int value = column[i] << unused;
                    d[i] = Float.floatToRawIntBits(signed ? value >> unused : value >>> unused);
                }
            });
        }
        if (to.integer() && from.integer()) {
            return fastInteger(c, to, from);
        }
        if (to == PtxType.F32 && from == PtxType.F16) {
            return Steps.ints(c.narrow(0), c.intSource(1, from), (d, a) -> {
                for (int i = 0; i < Lanes.COUNT; i++) {
                    d[i] = Float.floatToRawIntBits(Float.float16ToFloat((short) a[i]));
                }
            });
        }
        if (to == PtxType.F16 && from == PtxType.F32) {
            return Steps.ints(c.narrow(0), c.intSource(1, from), (d, a) -> {
                for (int i = 0; i < Lanes.COUNT; i++) {
                    d[i] = Float.floatToFloat16(Float.intBitsToFloat(a[i])) & 0xffff;
                }
            });
        }
        return null;
    }

    private static @Nullable Step fastInteger(Coding c, PtxType to, PtxType from) {
        Place d = c.place(c.operand(0), to);
        Place a = c.place(c.operand(1), from);
        if (to.wide() && from.bits() == 32 && !a.wide()) {
            long mask = from.signed() ? -1 : 0xffff_ffffL;
            return (warp, lanes) -> {
                long[] target = warp.targetLongs(d.slot(), lanes);
                int[] column = warp.ints[a.slot()];
                for (int i = 0; i < Lanes.COUNT; i++) {
                    target[i] = column[i] & mask;
                }
                warp.keepLongs(d.slot(), lanes);
            };
        }
        if (to.bits() == 32 && from.wide() && !d.wide()) {
            return (warp, lanes) -> {
                int[] target = warp.target(d.slot(), lanes);
                long[] column = warp.longs[a.slot()];
                for (int i = 0; i < Lanes.COUNT; i++) {
                    target[i] = (int) column[i];
                }
                warp.keep(d.slot(), lanes);
            };
        }
        if (to.bits() <= from.bits() && !to.signed() && !d.wide() && !a.wide()) {
            int mask = to.bits() == 32 ? -1 : (1 << to.bits()) - 1;
            return Steps.ints(d.slot(), a.slot(), (target, column) -> {
                for (int i = 0; i < Lanes.COUNT; i++) {
                    target[i] = column[i] & mask;
                }
            });
        }
        return null;
    }

    // any other

    private static Lanes.OfLong1 operation(Coding c, PtxType to, PtxType from, Manner manner) {
        if (from.integer() && to.integer()) {
            return bits -> fit(IntegerArithmetic.extend(bits, from), from, to, manner.saturate);
        }
        if (from.integer()) {
            return fromInteger(c, to, from, manner);
        }
        if (to.integer()) {
            Rounding rounding = manner.toInteger;
            if (rounding == null) {
                throw c.error("expected a rounding to an integer");
            }
            return bits -> toInteger(rounding.toInteger(floating(c, bits, from, manner.flush)), to);
        }
        return floatToFloat(c, to, from, manner);
    }

    private static long fit(long value, PtxType from, PtxType to, boolean saturate) {
        if (!saturate) {
            return IntegerArithmetic.extend(value, to);
        }
        boolean huge = !from.signed() && value < 0; // unsigned, of 64 bits
        long least = to.signed() ? -1L << (to.bits() - 1) : 0;
        long most = to.signed() ? ~least : to.wide() ? -1 : (1L << to.bits()) - 1;
        if (huge) {
            return to == PtxType.U64 ? value : most;
        }
        if (value < least) {
            return least;
        }
        return most >= 0 && value > most ? most : value;
    }

    private static Lanes.OfLong1 fromInteger(Coding c, PtxType to, PtxType from, Manner manner) {
        Rounding rounding = manner.rounding;
        if (to == PtxType.F64) {
            if (rounding != Rounding.NEAREST) {
                throw c.error("no such rounding");
            }
            return bits -> Double.doubleToRawLongBits(toDouble(IntegerArithmetic.extend(bits, from), from));
        }
        return bits -> {
            long value = IntegerArithmetic.extend(bits, from);
            double near = toDouble(value, from);
            double rest = from.wide() ? rest(value, near, from) : 0;
            if (to == PtxType.F32) {
                return Float.floatToRawIntBits(
                        FloatArithmetic.finish(rounding.toFloat(near, rest), false, manner.saturate));
            }
            return HalfFormat.of(to, c).encode(Rounding.odd(near, rest), rounding);
        };
    }

    private static double toDouble(long value, PtxType from) {
        if (from.signed() || value >= 0) {
            return value;
        }
        return 2.0 * (value >>> 1 | (value & 1)); // the last bit only decides how it is rounded
    }

    /** What an integer of 64 bits has more than the double next to it. */
    private static double rest(long value, double near, PtxType from) {
        return new java.math.BigDecimal(from.signed() ? Long.toString(value) : Long.toUnsignedString(value))
                .subtract(new java.math.BigDecimal(near))
                .doubleValue();
    }

    private static double floating(Coding c, long bits, PtxType type, boolean flush) {
        return switch (type) {
            case F64 -> Double.longBitsToDouble(bits);
            case F32 -> FloatArithmetic.begin(Float.intBitsToFloat((int) bits), flush);
            default -> HalfFormat.of(type, c).decode((int) bits);
        };
    }

    /** Clamped to the type's range; zero for what is not a number. */
    private static long toInteger(double value, PtxType to) {
        if (!to.signed() && to.wide()) {
            if (!(value > 0)) {
                return 0;
            }
            if (value >= 0x1p64) {
                return -1;
            }
            return value >= 0x1p63 ? (long) (value - 0x1p63) | Long.MIN_VALUE : (long) value;
        }
        long least = to.signed() ? -1L << (to.bits() - 1) : 0;
        long most = to.signed() ? ~least : (1L << to.bits()) - 1;
        return Math.max(least, Math.min(most, (long) value));
    }

    private static Lanes.OfLong1 floatToFloat(Coding c, PtxType to, PtxType from, Manner manner) {
        Rounding toInteger = manner.toInteger;
        return bits -> {
            double value = floating(c, bits, from, manner.flush);
            double whole = toInteger == null ? value : Math.copySign(toInteger.toInteger(value), value);
            return encode(c, whole, to, manner);
        };
    }

    private static long encode(Coding c, double value, PtxType to, Manner manner) {
        double kept = manner.positive && value <= 0 ? 0 : value;
        if (manner.saturate) {
            kept = kept > 0 ? Math.min(kept, 1) : 0;
        }
        return switch (to) {
            case F64 -> Double.doubleToRawLongBits(kept);
            case F32 -> Float.floatToRawIntBits(FloatArithmetic.begin(manner.rounding.toFloat(kept, 0), manner.flush));
            case TF32 -> tensorFloat((float) kept, manner);
            default -> half(HalfFormat.of(to, c), kept, manner);
        };
    }

    private static int half(HalfFormat format, double value, Manner manner) {
        double largest = format.largest();
        double kept = manner.finite && Math.abs(value) > largest ? Math.copySign(largest, value) : value;
        return format.encode(kept, manner.rounding);
    }

    /** Ten bits of mantissa are left, in the place of 23. */
    private static int tensorFloat(float value, Manner manner) {
        int bits = Float.floatToRawIntBits(value);
        if (!Float.isFinite(value)) {
            return bits;
        }
        int half = manner.away ? 0x1000 : manner.rounding == Rounding.NEAREST ? 0xfff + (bits >>> 13 & 1) : 0;
        return bits + half & ~0x1fff;
    }

    /** Two sources: the first becomes the upper half. */
    private static Step packHalves(Coding c, PtxType to, PtxType from, Manner manner) {
        if (from != PtxType.F32) {
            throw c.error("no such conversion");
        }
        HalfFormat format = HalfFormat.of(to, c);
        return Steps.ints(c.narrow(0), c.intSource(1, from), c.intSource(2, from), Lanes.each((high, low) -> {
            int upper = half(format, positive(high, manner), manner);
            return upper << 16 | half(format, positive(low, manner), manner);
        }));
    }

    private static float positive(int bits, Manner manner) {
        float value = FloatArithmetic.begin(Float.intBitsToFloat(bits), manner.flush);
        return manner.positive && value <= 0 ? 0 : value;
    }

    /** {@code cvt.pack}: two integers of 32 bits, clamped to fewer, and above them what was there. */
    private static Step packIntegers(Coding c) {
        c.takeOne("sat");
        PtxType to = c.takeType();
        PtxType from = c.takeType();
        boolean third = c.take("b32");
        c.done(third ? 4 : 3);
        if (from != PtxType.S32 || third != (to.bits() == 8) || to.bits() > 16) {
            throw c.error("no such conversion");
        }
        int rest = third ? c.intSource(3, PtxType.B32) : c.slots().constant(0);
        int bits = to.bits();
        int mask = (1 << bits) - 1;
        return Steps.ints(c.narrow(0), c.intSource(1, from), c.intSource(2, from), rest, Lanes.each((a, b, above) -> {
            int upper = (int) fit(a, from, to, true) & mask;
            int lower = (int) fit(b, from, to, true) & mask;
            return (third ? above << (2 * bits) : 0) | upper << bits | lower;
        }));
    }
}
