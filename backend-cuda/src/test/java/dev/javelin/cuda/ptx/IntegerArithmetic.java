package dev.javelin.cuda.ptx;

/** Arithmetic on integers of 16, 32 and 64 bits. */
final class IntegerArithmetic {
    private IntegerArithmetic() {}

    static Step decode(Coding c) {
        PtxType type = c.takeType();
        if (!type.integer() || type.bits() == 8) {
            throw c.error("no arithmetic on ." + type.modifier());
        }
        return switch (c.opcode()) {
            case "mul", "mad" -> product(c, type);
            case "mul24", "mad24" -> product24(c, type);
            case "abs", "neg" -> unary(c, type);
            case "sad" -> {
                c.done(4);
                yield ternary(
                        c,
                        type,
                        type.signed()
                                ? (a, b, s) -> s + Math.abs(a - b)
                                : (a, b, s) -> s + (Long.compareUnsigned(a, b) < 0 ? b - a : a - b));
            }
            default -> binary(c, type);
        };
    }

    private static Step unary(Coding c, PtxType type) {
        c.done(2);
        Lanes.OfLong1 operation = c.opcode().equals("abs") ? Math::abs : a -> -a;
        Place d = c.place(c.operand(0), type);
        return Steps.places(d, c.place(c.operand(1), type), a -> operation.apply(extend(a, type)));
    }

    private static Step binary(Coding c, PtxType type) {
        boolean saturate = c.take("sat");
        c.done(3);
        if (saturate) {
            if (type != PtxType.S32) {
                throw c.error("unknown modifier .sat");
            }
            Place d = c.place(c.operand(0), type);
            return Steps.places(d, c.place(c.operand(1), type), c.place(c.operand(2), type), saturated(c));
        }
        return switch (type.bits()) {
            case 32 ->
                Steps.ints(c.narrow(0), c.intSource(1, type), c.intSource(2, type), operation32(c, type.signed()));
            case 64 ->
                Steps.longs(c.wide(0), c.longSource(1, type), c.longSource(2, type), operation64(c, type.signed()));
            default -> {
                Lanes.Int2 operation = operation32(c, type.signed());
                yield Steps.ints(c.narrow(0), c.intSource(1, type), c.intSource(2, type), (d, a, b) -> {
                    operation.apply(d, extend(a, type), extend(b, type));
                    cut(d);
                });
            }
        };
    }

    private static Lanes.OfLong2 saturated(Coding c) {
        return switch (c.opcode()) {
            case "add" -> (a, b) -> Math.clamp(a + b, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case "sub" -> (a, b) -> Math.clamp(a - b, Integer.MIN_VALUE, Integer.MAX_VALUE);
            default -> throw c.error("unknown modifier .sat");
        };
    }

    private static Lanes.Int2 operation32(Coding c, boolean signed) {
        return switch (c.opcode()) {
            case "add" -> IntegerArithmetic::add;
            case "sub" -> IntegerArithmetic::subtract;
            case "min" ->
                signed ? Lanes.each(Math::min) : Lanes.each((a, b) -> Integer.compareUnsigned(a, b) < 0 ? a : b);
            case "max" ->
                signed ? Lanes.each(Math::max) : Lanes.each((a, b) -> Integer.compareUnsigned(a, b) < 0 ? b : a);
            // the manual leaves division by zero open; the hardware gives all ones, and the dividend as the remainder
            case "div" ->
                signed
                        ? Lanes.each((a, b) -> b == 0 ? -1 : a / b)
                        : Lanes.each((a, b) -> b == 0 ? -1 : Integer.divideUnsigned(a, b));
            case "rem" ->
                signed
                        ? Lanes.each((a, b) -> b == 0 ? a : a % b)
                        : Lanes.each((a, b) -> b == 0 ? a : Integer.remainderUnsigned(a, b));
            default -> throw c.error("not on integers");
        };
    }

    private static void add(int[] d, int[] a, int[] b) {
        for (int i = 0; i < Lanes.COUNT; i++) {
            d[i] = a[i] + b[i];
        }
    }

    private static void subtract(int[] d, int[] a, int[] b) {
        for (int i = 0; i < Lanes.COUNT; i++) {
            d[i] = a[i] - b[i];
        }
    }

    private static Lanes.Long2 operation64(Coding c, boolean signed) {
        return switch (c.opcode()) {
            case "add" ->
                (d, a, b) -> {
                    for (int i = 0; i < Lanes.COUNT; i++) {
                        d[i] = a[i] + b[i];
                    }
                };
            case "sub" -> Lanes.eachLong((a, b) -> a - b);
            case "min" ->
                signed ? Lanes.eachLong(Math::min) : Lanes.eachLong((a, b) -> Long.compareUnsigned(a, b) < 0 ? a : b);
            case "max" ->
                signed ? Lanes.eachLong(Math::max) : Lanes.eachLong((a, b) -> Long.compareUnsigned(a, b) < 0 ? b : a);
            case "div" ->
                signed
                        ? Lanes.eachLong((a, b) -> b == 0 ? -1 : a / b)
                        : Lanes.eachLong((a, b) -> b == 0 ? -1 : Long.divideUnsigned(a, b));
            case "rem" ->
                signed
                        ? Lanes.eachLong((a, b) -> b == 0 ? a : a % b)
                        : Lanes.eachLong((a, b) -> b == 0 ? a : Long.remainderUnsigned(a, b));
            default -> throw c.error("not on integers");
        };
    }

    // products

    private static Step product(Coding c, PtxType type) {
        boolean add = c.opcode().equals("mad");
        String part = c.takeOne("lo", "hi", "wide");
        boolean saturate = c.take("sat");
        c.done(add ? 4 : 3);
        if (saturate) {
            throw c.error("unknown modifier .sat");
        }
        if (type.bits() == 32 && part.equals("lo")) {
            int d = c.narrow(0);
            int a = c.intSource(1, type);
            int b = c.intSource(2, type);
            return add
                    ? Steps.ints(d, a, b, c.intSource(3, type), IntegerArithmetic::multiplyAdd)
                    : Steps.ints(d, a, b, IntegerArithmetic::multiply);
        }
        if (type.bits() == 32 && part.equals("wide")) {
            return wide(c, type, add);
        }
        if (type.wide() && part.equals("lo") && !add) {
            return Steps.longs(c.wide(0), c.longSource(1, type), c.longSource(2, type), (d, a, b) -> {
                for (int i = 0; i < Lanes.COUNT; i++) {
                    d[i] = a[i] * b[i];
                }
            });
        }
        PtxType result = part.equals("wide") ? doubled(type, c) : type;
        Lanes.OfLong2 product = part.equals("hi") ? high(type) : (a, b) -> a * b;
        Place d = c.place(c.operand(0), result);
        Place a = c.place(c.operand(1), type);
        Place b = c.place(c.operand(2), type);
        if (!add) {
            return Steps.places(d, a, b, (x, y) -> product.apply(extend(x, type), extend(y, type)));
        }
        return Steps.places(
                d,
                a,
                b,
                c.place(c.operand(3), result),
                (x, y, z) -> product.apply(extend(x, type), extend(y, type)) + z);
    }

    private static PtxType doubled(PtxType type, Coding c) {
        return switch (type) {
            case U16 -> PtxType.U32;
            case S16 -> PtxType.S32;
            default -> throw c.error("no wide product of ." + type.modifier());
        };
    }

    private static Lanes.OfLong2 high(PtxType type) {
        if (type.wide()) {
            return type.signed() ? Math::multiplyHigh : Math::unsignedMultiplyHigh;
        }
        return (a, b) -> (a * b) >> type.bits();
    }

    private static Step product24(Coding c, PtxType type) {
        boolean add = c.opcode().equals("mad24");
        boolean high = c.takeOne("lo", "hi").equals("hi");
        c.done(add ? 4 : 3);
        Lanes.OfLong2 product = type.signed()
                ? (a, b) -> (a << 40 >> 40) * (b << 40 >> 40)
                : (a, b) -> (a & 0xff_ffff) * (b & 0xff_ffff);
        Lanes.OfLong2 part = high ? (a, b) -> product.apply(a, b) >> 16 : product;
        return ternary(c, type, (a, b, z) -> part.apply(a, b) + (add ? z : 0));
    }

    private static void multiply(int[] d, int[] a, int[] b) {
        for (int i = 0; i < Lanes.COUNT; i++) {
            d[i] = a[i] * b[i];
        }
    }

    private static void multiplyAdd(int[] d, int[] a, int[] b, int[] c) {
        for (int i = 0; i < Lanes.COUNT; i++) {
            d[i] = a[i] * b[i] + c[i];
        }
    }

    private static Step wide(Coding c, PtxType type, boolean add) {
        int d = c.wide(0);
        int a = c.intSource(1, type);
        int b = c.intSource(2, type);
        long mask = type.signed() ? -1 : 0xffff_ffffL;
        if (!add) {
            return Steps.wide(d, a, b, (out, x, y) -> {
                for (int i = 0; i < Lanes.COUNT; i++) {
                    out[i] = (x[i] & mask) * (y[i] & mask);
                }
            });
        }
        return Steps.wide(d, a, b, c.longSource(3, type.signed() ? PtxType.S64 : PtxType.U64), (out, x, y, z) -> {
            for (int i = 0; i < Lanes.COUNT; i++) {
                out[i] = (x[i] & mask) * (y[i] & mask) + z[i];
            }
        });
    }

    // any width, as longs

    private static Step ternary(Coding c, PtxType type, Lanes.OfLong3 operation) {
        Place d = c.place(c.operand(0), type);
        Place a = c.place(c.operand(1), type);
        Place b = c.place(c.operand(2), type);
        Place z = c.place(c.operand(c.count() - 1), type);
        return Steps.places(
                d, a, b, z, (x, y, w) -> operation.apply(extend(x, type), extend(y, type), extend(w, type)));
    }

    /** The value of the lowest bits. */
    static long extend(long bits, PtxType type) {
        int unused = 64 - type.bits();
        return type.signed() ? bits << unused >> unused : bits << unused >>> unused;
    }

    private static int[] extend(int[] column, PtxType type) {
        int[] extended = new int[Lanes.COUNT];
        for (int i = 0; i < Lanes.COUNT; i++) {
            extended[i] = (int) extend(column[i], type);
        }
        return extended;
    }

    private static void cut(int[] column) {
        for (int i = 0; i < Lanes.COUNT; i++) {
            column[i] &= 0xffff;
        }
    }
}
