package dev.javelin.cuda.ptx;

import org.jspecify.annotations.Nullable;

/** Comparisons and choices. */
final class Comparisons {
    private static final String[] ORDERS = {
        "eq", "ne", "lt", "le", "gt", "ge", "lo", "ls", "hi", "hs", "equ", "neu", "ltu", "leu", "gtu", "geu", "num",
        "nan"
    };

    private static final int LESS = 0;
    private static final int EQUAL = 1;
    private static final int GREATER = 2;
    private static final int UNORDERED = 3;

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
        int accepted = accepted(order, c);
        if (type == PtxType.F32) {
            return floats(c.intSource(left, type), c.intSource(right, type), accepted, flush);
        }
        Place a = c.place(left, type);
        Place b = c.place(right, type);
        HalfFormat half = type == PtxType.F64 ? HalfFormat.F16 : HalfFormat.of(type, c);
        return warp -> {
            int result = 0;
            for (int i = 0; i < Lanes.COUNT; i++) {
                double x = value(a.get(warp, i), type, half);
                double y = value(b.get(warp, i), type, half);
                result |= (accepted >>> outcome(x, y) & 1) << i;
            }
            return result;
        };
    }

    private static Comparison floats(int a, int b, int accepted, boolean flush) {
        return warp -> {
            int[] x = warp.ints[a];
            int[] y = warp.ints[b];
            int result = 0;
            for (int i = 0; i < Lanes.COUNT; i++) {
                float left = FloatArithmetic.begin(Float.intBitsToFloat(x[i]), flush);
                float right = FloatArithmetic.begin(Float.intBitsToFloat(y[i]), flush);
                result |= (accepted >>> outcome(left, right) & 1) << i;
            }
            return result;
        };
    }

    private static double value(long bits, PtxType type, HalfFormat half) {
        return type == PtxType.F64 ? Double.longBitsToDouble(bits) : half.decode((int) bits);
    }

    private static int outcome(double a, double b) {
        if (a < b) {
            return LESS;
        }
        if (a == b) {
            return EQUAL;
        }
        return a > b ? GREATER : UNORDERED;
    }

    /** A bit for each outcome of which an order of floats is true; with a u behind it, of what is not a number too. */
    private static int accepted(String order, Coding c) {
        boolean unordered = order.length() == 3 && order.endsWith("u");
        int ordered = switch (unordered ? order.substring(0, 2) : order) {
            case "eq" -> 1 << EQUAL;
            case "ne" -> 1 << LESS | 1 << GREATER;
            case "lt" -> 1 << LESS;
            case "le" -> 1 << LESS | 1 << EQUAL;
            case "gt" -> 1 << GREATER;
            case "ge" -> 1 << GREATER | 1 << EQUAL;
            case "num" -> 1 << LESS | 1 << EQUAL | 1 << GREATER;
            case "nan" -> 1 << UNORDERED;
            default -> throw c.error("no order of floats: " + order);
        };
        return ordered | (unordered ? 1 << UNORDERED : 0);
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
