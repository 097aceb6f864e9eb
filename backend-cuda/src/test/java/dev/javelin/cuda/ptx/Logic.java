package dev.javelin.cuda.ptx;

import java.util.List;

/** Bits: logic, shifts, fields, counts, permutations. */
final class Logic {
    private Logic() {}

    static void addTo(InstructionSet set) {
        List.of("and", "or", "xor").forEach(opcode -> set.put(opcode, Logic::binary));
        List.of("not", "cnot").forEach(opcode -> set.put(opcode, Logic::unary));
        List.of("shl", "shr").forEach(opcode -> set.put(opcode, Logic::shift));
        set.put("shf", Logic::funnelShift);
        set.put("lop3", Logic::lookUp);
        set.put("prmt", Logic::permute);
        set.put("bfe", Logic::extract);
        set.put("bfi", Logic::insert);
        set.put("szext", Logic::extend);
        set.put("bmsk", Logic::mask);
        List.of("popc", "clz", "brev", "bfind").forEach(opcode -> set.put(opcode, Logic::count));
    }

    private static Step binary(Coding c) {
        PtxType type = c.takeType();
        c.done(3);
        if (type == PtxType.PRED) {
            int d = c.predicate(0);
            Condition a = c.condition(1);
            Condition b = c.condition(2);
            String opcode = c.opcode();
            return (warp, lanes) -> {
                int x = a.lanes(warp);
                int y = b.lanes(warp);
                warp.keepPredicate(d, lanes, opcode.equals("and") ? x & y : opcode.equals("or") ? x | y : x ^ y);
            };
        }
        if (type.wide()) {
            Lanes.Long2 operation = switch (c.opcode()) {
                case "and" -> Lanes.eachLong((a, b) -> a & b);
                case "or" -> Lanes.eachLong((a, b) -> a | b);
                default -> Lanes.eachLong((a, b) -> a ^ b);
            };
            return Steps.longs(c.wide(0), c.longSource(1, type), c.longSource(2, type), operation);
        }
        Lanes.Int2 operation = switch (c.opcode()) {
            case "and" -> Logic::and;
            case "or" -> Logic::or;
            default -> Logic::xor;
        };
        return Steps.ints(c.narrow(0), c.intSource(1, type), c.intSource(2, type), operation);
    }

    private static void and(int[] d, int[] a, int[] b) {
        for (int i = 0; i < Lanes.COUNT; i++) {
            d[i] = a[i] & b[i];
        }
    }

    private static void or(int[] d, int[] a, int[] b) {
        for (int i = 0; i < Lanes.COUNT; i++) {
            d[i] = a[i] | b[i];
        }
    }

    private static void xor(int[] d, int[] a, int[] b) {
        for (int i = 0; i < Lanes.COUNT; i++) {
            d[i] = a[i] ^ b[i];
        }
    }

    private static Step unary(Coding c) {
        PtxType type = c.takeType();
        c.done(2);
        boolean complement = c.opcode().equals("not");
        if (type == PtxType.PRED) {
            int d = c.predicate(0);
            Condition a = c.condition(1);
            return (warp, lanes) -> warp.keepPredicate(d, lanes, ~a.lanes(warp));
        }
        Place d = c.place(c.operand(0), type);
        return Steps.places(d, c.place(c.operand(1), type), complement ? a -> ~a : a -> a == 0 ? 1 : 0);
    }

    private static Step shift(Coding c) {
        PtxType type = c.takeType();
        c.done(3);
        boolean left = c.opcode().equals("shl");
        int b = c.intSource(2, PtxType.U32);
        if (type.wide()) {
            return Steps.shifted(
                    c.wide(0),
                    c.longSource(1, type),
                    b,
                    left ? Logic::shiftLeft : type.signed() ? Logic::shiftSigned : Logic::shiftRight);
        }
        int d = c.narrow(0);
        int a = c.intSource(1, type);
        if (type.bits() == 32) {
            return Steps.ints(
                    d, a, b, left ? Logic::shiftLeft : type.signed() ? Logic::shiftSigned : Logic::shiftRight);
        }
        return Steps.ints(d, a, b, Lanes.each((x, by) -> {
            int distance = Integer.compareUnsigned(by, 16) > 0 ? 16 : by;
            int value = (int) IntegerArithmetic.extend(x, type);
            return (left ? value << distance : value >> distance) & 0xffff;
        }));
    }

    private static void shiftLeft(int[] d, int[] a, int[] b) {
        for (int i = 0; i < Lanes.COUNT; i++) {
            d[i] = (b[i] & ~31) == 0 ? a[i] << b[i] : 0;
        }
    }

    private static void shiftRight(int[] d, int[] a, int[] b) {
        for (int i = 0; i < Lanes.COUNT; i++) {
            d[i] = (b[i] & ~31) == 0 ? a[i] >>> b[i] : 0;
        }
    }

    private static void shiftSigned(int[] d, int[] a, int[] b) {
        for (int i = 0; i < Lanes.COUNT; i++) {
            d[i] = a[i] >> ((b[i] & ~31) == 0 ? b[i] : 31);
        }
    }

    private static void shiftLeft(long[] d, long[] a, int[] b) {
        for (int i = 0; i < Lanes.COUNT; i++) {
            d[i] = (b[i] & ~63) == 0 ? a[i] << b[i] : 0;
        }
    }

    private static void shiftRight(long[] d, long[] a, int[] b) {
        for (int i = 0; i < Lanes.COUNT; i++) {
            d[i] = (b[i] & ~63) == 0 ? a[i] >>> b[i] : 0;
        }
    }

    private static void shiftSigned(long[] d, long[] a, int[] b) {
        for (int i = 0; i < Lanes.COUNT; i++) {
            d[i] = a[i] >> ((b[i] & ~63) == 0 ? b[i] : 63);
        }
    }

    private static Step funnelShift(Coding c) {
        boolean left = c.takeOne("l", "r").equals("l");
        boolean wrap = c.takeOne("wrap", "clamp").equals("wrap");
        PtxType type = c.takeType();
        c.done(4);
        return Steps.ints(
                c.narrow(0),
                c.intSource(1, type),
                c.intSource(2, type),
                c.intSource(3, PtxType.U32),
                Lanes.each((low, high, by) -> {
                    int distance = wrap ? by & 31 : Integer.compareUnsigned(by, 32) > 0 ? 32 : by;
                    long both = (long) high << 32 | (low & 0xffff_ffffL);
                    return (int) (left ? both << distance >>> 32 : both >>> distance);
                }));
    }

    private static Step lookUp(Coding c) {
        PtxType type = c.takeType();
        c.done(5);
        int table = (int) c.literal(4);
        return Steps.ints(
                c.narrow(0), c.intSource(1, type), c.intSource(2, type), c.intSource(3, type), (d, a, b, e) -> {
                    for (int i = 0; i < Lanes.COUNT; i++) {
                        d[i] = lookUp(table, a[i], b[i], e[i]);
                    }
                });
    }

    /** Each bit of the table says what becomes of one combination: bit 7 of all three, bit 0 of none. */
    private static int lookUp(int table, int a, int b, int c) {
        int result = 0;
        for (int i = 0; i < 8; i++) {
            if ((table >>> i & 1) != 0) {
                result |= ((i & 4) != 0 ? a : ~a) & ((i & 2) != 0 ? b : ~b) & ((i & 1) != 0 ? c : ~c);
            }
        }
        return result;
    }

    private static Step permute(Coding c) {
        PtxType type = c.takeType();
        String mode = c.takeAny("f4e", "b4e", "rc8", "ecl", "ecr", "rc16");
        c.done(4);
        Lanes.Int3 operation =
                mode == null ? Logic::permuteAll : Lanes.each((a, b, s) -> permute(a, b, selector(mode, s & 3)));
        return Steps.ints(
                c.narrow(0), c.intSource(1, type), c.intSource(2, type), c.intSource(3, PtxType.U32), operation);
    }

    private static void permuteAll(int[] d, int[] a, int[] b, int[] selectors) {
        for (int i = 0; i < Lanes.COUNT; i++) {
            d[i] = permute(a[i], b[i], selectors[i]);
        }
    }

    private static int permute(int a, int b, int selectors) {
        long both = (long) b << 32 | (a & 0xffff_ffffL);
        int result = 0;
        for (int i = 0; i < 4; i++) {
            int selector = selectors >>> (4 * i);
            int chosen = (int) (both >>> (8 * (selector & 7))) & 0xff;
            if ((selector & 8) != 0) {
                chosen = (byte) chosen < 0 ? 0xff : 0; // the sign of the byte, all over
            }
            result |= chosen << (8 * i);
        }
        return result;
    }

    /** The manual's tables of the named modes. */
    private static int selector(String mode, int s) {
        int[] table = switch (mode) {
            case "f4e" -> new int[] {0x3210, 0x4321, 0x5432, 0x6543};
            case "b4e" -> new int[] {0x5670, 0x6701, 0x7012, 0x0123};
            case "rc8" -> new int[] {0x0000, 0x1111, 0x2222, 0x3333};
            case "ecl" -> new int[] {0x3210, 0x3211, 0x3222, 0x3333};
            case "ecr" -> new int[] {0x0000, 0x1110, 0x2210, 0x3210};
            default -> new int[] {0x1010, 0x3232, 0x1010, 0x3232};
        };
        return table[s];
    }

    private static Step extract(Coding c) {
        PtxType type = c.takeType();
        c.done(4);
        Place d = c.place(c.operand(0), type);
        return Steps.places(
                d,
                c.place(c.operand(1), type),
                c.place(c.operand(2), PtxType.U32),
                c.place(c.operand(3), PtxType.U32),
                (a, from, count) ->
                        field(IntegerArithmetic.extend(a, type), (int) from & 0xff, (int) count & 0xff, type));
    }

    private static long field(long value, int from, int count, PtxType type) {
        if (count == 0) {
            return 0;
        }
        int most = type.bits() - 1;
        // beyond the top there is the sign, or nothing
        int topBit = Math.min(from + count - 1, most);
        boolean negative = type.signed() && (value >>> topBit & 1) != 0;
        long fill = negative ? -1 : 0;
        if (from > most) {
            return fill;
        }
        int kept = Math.min(count, most - from + 1);
        long mask = kept == 64 ? -1 : (1L << kept) - 1;
        return (value >>> from & mask) | (fill & ~mask);
    }

    private static Step insert(Coding c) {
        PtxType type = c.takeType();
        c.done(5);
        Place d = c.place(c.operand(0), type);
        Place a = c.place(c.operand(1), type);
        Place b = c.place(c.operand(2), type);
        int from = c.intSource(3, PtxType.U32);
        int count = c.intSource(4, PtxType.U32);
        return (warp, lanes) -> {
            for (int rest = lanes; rest != 0; rest &= rest - 1) {
                int lane = Integer.numberOfTrailingZeros(rest);
                int start = warp.ints[from][lane] & 0xff;
                int bits = Math.min(warp.ints[count][lane] & 0xff, Math.max(0, type.bits() - start));
                long mask = bits == 0 ? 0 : -1L >>> (64 - bits) << start;
                long shifted = start > 63 ? 0 : a.get(warp, lane) << start;
                d.set(warp, lane, (b.get(warp, lane) & ~mask) | (shifted & mask));
            }
        };
    }

    private static Step extend(Coding c) {
        boolean wrap = c.takeOne("wrap", "clamp").equals("wrap");
        PtxType type = c.takeType();
        c.done(3);
        return Steps.ints(c.narrow(0), c.intSource(1, type), c.intSource(2, PtxType.U32), Lanes.each((a, n) -> {
            int count = wrap ? n & 31 : Integer.compareUnsigned(n, 32) > 0 ? 32 : n;
            if (count == 0) {
                return 0;
            }
            int unused = 32 - count;
            return type.signed() ? a << unused >> unused : a << unused >>> unused;
        }));
    }

    private static Step mask(Coding c) {
        boolean wrap = c.takeOne("wrap", "clamp").equals("wrap");
        PtxType type = c.takeType();
        c.done(3);
        return Steps.ints(c.narrow(0), c.intSource(1, type), c.intSource(2, type), Lanes.each((a, b) -> {
            long from = wrap ? a & 31 : Math.min(a & 0xffff_ffffL, 32);
            long count = wrap ? b & 31 : Math.min(b & 0xffff_ffffL, 32);
            return (int) (((1L << count) - 1) << from);
        }));
    }

    private static Step count(Coding c) {
        boolean distance = c.take("shiftamt");
        PtxType type = c.takeType();
        c.done(2);
        boolean wide = type.wide();
        Lanes.OfLong1 operation = switch (c.opcode()) {
            case "popc" -> a -> Long.bitCount(cut(a, wide));
            case "clz" -> a -> Long.numberOfLeadingZeros(cut(a, wide)) - (wide ? 0 : 32);
            case "brev" -> a -> wide ? Long.reverse(a) : Integer.reverse((int) a);
            default -> a -> findBit(a, type, distance);
        };
        if (distance && !c.opcode().equals("bfind")) {
            throw c.error("unknown modifier .shiftamt");
        }
        PtxType result = c.opcode().equals("brev") ? type : PtxType.U32;
        return Steps.places(c.place(c.operand(0), result), c.place(c.operand(1), type), operation);
    }

    private static long cut(long bits, boolean wide) {
        return wide ? bits : bits & 0xffff_ffffL;
    }

    /** The highest bit that is not the sign; −1 if there is none. */
    private static long findBit(long bits, PtxType type, boolean distance) {
        long value = IntegerArithmetic.extend(bits, type);
        if (type.signed() && value < 0) {
            value = ~value;
        }
        int found = 63 - Long.numberOfLeadingZeros(value);
        return found < 0 ? -1 : distance ? type.bits() - 1 - found : found;
    }
}
