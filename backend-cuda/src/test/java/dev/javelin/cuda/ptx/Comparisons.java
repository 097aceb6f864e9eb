package dev.javelin.cuda.ptx;

import org.jspecify.annotations.Nullable;

/** Comparisons and choices. */
final class Comparisons {
    private static final String[] ORDERS = {
        "eq", "ne", "lt", "le", "gt", "ge", "lo", "ls", "hi", "hs", "equ", "neu", "ltu", "leu", "gtu", "geu", "num",
        "nan"
    };

    private Comparisons() {}

    static void addTo(InstructionSet set) {
        set.put("setp", Comparisons::setPredicate);
        set.put("set", Comparisons::setNumber);
        set.put("selp", Comparisons::select);
        set.put("slct", Comparisons::selectBySign);
    }

    /** Compares two columns: a bit for each lane. */
    @FunctionalInterface
    private interface Comparison {
        int lanes(Warp warp);
    }

    private static Comparison comparison(Coding c, int first) {
        String order = c.takeOne(ORDERS);
        boolean flush = c.take("ftz");
        PtxType type = c.takeType();
        Operand left = c.operand(first);
        Operand right = c.operand(first + 1);
        if (type.packed() || type == PtxType.PRED) {
            throw c.error("no comparison of ." + type.modifier());
        }
        if (type.integer() && type.wide()) {
            return longs(c, order, c.longSource(left, type), c.longSource(right, type), type.signed());
        }
        if (type.integer()) {
            return ints(c, order, c.place(left, type), c.place(right, type), type);
        }
        Place a = c.place(left, type);
        Place b = c.place(right, type);
        Lanes.OfLong1 flushed = type == PtxType.F32 && flush
                ? bits -> Float.floatToRawIntBits(FloatArithmetic.begin(Float.intBitsToFloat((int) bits), true))
                : bits -> bits;
        HalfFormat half = type.bits() == 16 ? HalfFormat.of(type, c) : HalfFormat.F16;
        return warp -> {
            int result = 0;
            for (int i = 0; i < Lanes.COUNT; i++) {
                double x = value(flushed.apply(a.get(warp, i)), type, half);
                double y = value(flushed.apply(b.get(warp, i)), type, half);
                result |= floats(order, x, y) ? 1 << i : 0;
            }
            return result;
        };
    }

    private static double value(long bits, PtxType type, HalfFormat half) {
        return switch (type) {
            case F64 -> Double.longBitsToDouble(bits);
            case F32 -> Float.intBitsToFloat((int) bits);
            default -> half.decode((int) bits);
        };
    }

    /** The second letters of floats' orders: with a u they are true too of what is not a number. */
    private static boolean floats(String order, double a, double b) {
        boolean unordered = Double.isNaN(a) || Double.isNaN(b);
        return switch (order) {
            case "eq" -> a == b;
            case "ne" -> !unordered && a != b;
            case "lt" -> a < b;
            case "le" -> a <= b;
            case "gt" -> a > b;
            case "ge" -> a >= b;
            case "equ" -> unordered || a == b;
            case "neu" -> unordered || a != b;
            case "ltu" -> unordered || a < b;
            case "leu" -> unordered || a <= b;
            case "gtu" -> unordered || a > b;
            case "geu" -> unordered || a >= b;
            case "num" -> !unordered;
            case "nan" -> unordered;
            default -> throw new IllegalArgumentException(order);
        };
    }

    private static Comparison ints(Coding c, String order, Place left, Place right, PtxType type) {
        int a = left.slot();
        int b = right.slot();
        if (left.wide() || right.wide()) {
            throw c.error("expected registers of " + type.bits() + " bits");
        }
        // so turned, unsigned numbers are ordered as signed ones
        int flip = type.signed() || order.startsWith("e") || order.startsWith("n") ? 0 : Integer.MIN_VALUE;
        boolean narrow = type.bits() < 32 && type.signed();
        int unused = 32 - type.bits();
        return switch (order) {
            case "eq" -> warp -> equal(warp.ints[a], warp.ints[b]);
            case "ne" -> warp -> ~equal(warp.ints[a], warp.ints[b]);
            case "lt", "lo" -> warp -> less(warp.ints[a], warp.ints[b], flip, narrow ? unused : 0);
            case "ge", "hs" -> warp -> ~less(warp.ints[a], warp.ints[b], flip, narrow ? unused : 0);
            case "gt", "hi" -> warp -> less(warp.ints[b], warp.ints[a], flip, narrow ? unused : 0);
            case "le", "ls" -> warp -> ~less(warp.ints[b], warp.ints[a], flip, narrow ? unused : 0);
            default -> throw c.error("no order of integers: " + order);
        };
    }

    private static int equal(int[] a, int[] b) {
        int result = 0;
        for (int i = 0; i < Lanes.COUNT; i++) {
            result |= (a[i] == b[i] ? 1 : 0) << i;
        }
        return result;
    }

    private static int less(int[] a, int[] b, int flip, int unused) {
        int result = 0;
        for (int i = 0; i < Lanes.COUNT; i++) {
            result |= ((a[i] << unused ^ flip) < (b[i] << unused ^ flip) ? 1 : 0) << i;
        }
        return result;
    }

    private static Comparison longs(Coding c, String order, int a, int b, boolean signed) {
        long flip = signed ? 0 : Long.MIN_VALUE;
        return switch (order) {
            case "eq" -> warp -> equal(warp.longs[a], warp.longs[b]);
            case "ne" -> warp -> ~equal(warp.longs[a], warp.longs[b]);
            case "lt", "lo" -> warp -> less(warp.longs[a], warp.longs[b], flip);
            case "ge", "hs" -> warp -> ~less(warp.longs[a], warp.longs[b], flip);
            case "gt", "hi" -> warp -> less(warp.longs[b], warp.longs[a], flip);
            case "le", "ls" -> warp -> ~less(warp.longs[b], warp.longs[a], flip);
            default -> throw c.error("no order of integers: " + order);
        };
    }

    private static int equal(long[] a, long[] b) {
        int result = 0;
        for (int i = 0; i < Lanes.COUNT; i++) {
            result |= (a[i] == b[i] ? 1 : 0) << i;
        }
        return result;
    }

    private static int less(long[] a, long[] b, long flip) {
        int result = 0;
        for (int i = 0; i < Lanes.COUNT; i++) {
            result |= ((a[i] ^ flip) < (b[i] ^ flip) ? 1 : 0) << i;
        }
        return result;
    }

    private static Step setPredicate(Coding c) {
        String combine = c.takeAny("and", "or", "xor");
        Comparison comparison = comparison(c, 1);
        c.done(combine == null ? 3 : 4);
        Condition other = combine == null ? null : c.condition(3);
        Operand first = c.operand(0) instanceof Operand.Pair(Operand p, Operand q) ? p : c.operand(0);
        int d = c.predicate(first);
        int e = c.operand(0) instanceof Operand.Pair(Operand p, Operand q) ? c.predicate(q) : -1;
        return (warp, lanes) -> {
            int found = comparison.lanes(warp);
            int with = other == null ? 0 : other.lanes(warp);
            warp.keepPredicate(d, lanes, combined(combine, found, with));
            if (e >= 0) {
                warp.keepPredicate(e, lanes, combined(combine, ~found, with));
            }
        };
    }

    private static int combined(@Nullable String combine, int found, int with) {
        return switch (combine) {
            case null -> found;
            case "and" -> found & with;
            case "or" -> found | with;
            default -> found ^ with;
        };
    }

    private static Step setNumber(Coding c) {
        String combine = c.takeAny("and", "or", "xor");
        PtxType result = c.takeType();
        Comparison comparison = comparison(c, 1);
        c.done(combine == null ? 3 : 4);
        Condition other = combine == null ? null : c.condition(3);
        if (result.bits() != 32) {
            throw c.error("no result of ." + result.modifier());
        }
        int yes = result.floating() ? Float.floatToRawIntBits(1) : -1;
        int d = c.narrow(0);
        return (warp, lanes) -> {
            int found = combined(combine, comparison.lanes(warp), other == null ? 0 : other.lanes(warp));
            int[] target = warp.target(d, lanes);
            for (int i = 0; i < Lanes.COUNT; i++) {
                target[i] = (found >>> i & 1) != 0 ? yes : 0;
            }
            warp.keep(d, lanes);
        };
    }

    private static Step select(Coding c) {
        PtxType type = c.takeType();
        c.done(4);
        Condition condition = c.condition(3);
        if (type.wide()) {
            int d = c.wide(0);
            int a = c.longSource(1, type);
            int b = c.longSource(2, type);
            return (warp, lanes) -> {
                int chosen = condition.lanes(warp);
                long[] target = warp.targetLongs(d, lanes);
                long[] x = warp.longs[a];
                long[] y = warp.longs[b];
                for (int i = 0; i < Lanes.COUNT; i++) {
                    target[i] = (chosen >>> i & 1) != 0 ? x[i] : y[i];
                }
                warp.keepLongs(d, lanes);
            };
        }
        int d = c.narrow(0);
        int a = c.intSource(1, type);
        int b = c.intSource(2, type);
        return (warp, lanes) -> {
            int chosen = condition.lanes(warp);
            int[] target = warp.target(d, lanes);
            int[] x = warp.ints[a];
            int[] y = warp.ints[b];
            for (int i = 0; i < Lanes.COUNT; i++) {
                target[i] = (chosen >>> i & 1) != 0 ? x[i] : y[i];
            }
            warp.keep(d, lanes);
        };
    }

    private static Step selectBySign(Coding c) {
        boolean flush = c.take("ftz");
        PtxType type = c.takeType();
        PtxType chooser = c.takeType();
        c.done(4);
        if (chooser.bits() != 32) {
            throw c.error("no choice by ." + chooser.modifier());
        }
        Lanes.OfLong1 first = chooser == PtxType.F32
                ? bits -> FloatArithmetic.begin(Float.intBitsToFloat((int) bits), flush) >= 0 ? 1 : 0
                : bits -> (int) bits >= 0 ? 1 : 0;
        return Steps.places(
                c.place(c.operand(0), type),
                c.place(c.operand(1), type),
                c.place(c.operand(2), type),
                c.place(c.operand(3), chooser),
                (a, b, by) -> first.apply(by) != 0 ? a : b);
    }
}
