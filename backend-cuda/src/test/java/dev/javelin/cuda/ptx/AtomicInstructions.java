package dev.javelin.cuda.ptx;

import java.util.List;

/** Atomic instructions. */
final class AtomicInstructions {
    private final GlobalMemory memory;

    AtomicInstructions(GlobalMemory memory) {
        this.memory = memory;
    }

    void addTo(InstructionSet set) {
        List.of("atom", "red").forEach(opcode -> set.put(opcode, this::decode));
    }

    private Step decode(Coding c) {
        boolean result = c.opcode().equals("atom");
        c.takeAny("relaxed", "acquire", "release", "acq_rel");
        c.takeAny("cta", "gpu", "sys", "cluster");
        boolean policy = c.take("L2::cache_hint");
        Space space = MemoryInstructions.space(c, memory);
        String operation = c.takeOne("add", "min", "max", "inc", "dec", "and", "or", "xor", "exch", "cas");
        c.take("noftz");
        PtxType type = c.takeType();
        boolean compare = operation.equals("cas");
        int first = result ? 1 : 0;
        c.done(first + (compare ? 3 : 2) + (policy ? 1 : 0));
        Place d = result ? c.place(c.operand(0), type) : new Place(type.wide(), fresh(c, type), -1);
        Location at = Location.of(c, first);
        Place b = c.place(c.operand(first + 1), type);
        Place swap = compare ? c.place(c.operand(first + 2), type) : b;
        Lanes.OfLong2 combine = compare ? (old, with) -> old : combine(operation, type, c);
        long mask = type.wide() ? -1 : (1L << type.bits()) - 1;
        int size = type.bytes();
        return (warp, lanes) -> {
            for (int rest = lanes; rest != 0; rest &= rest - 1) {
                int lane = Integer.numberOfTrailingZeros(rest);
                long address = at.address(warp, lane);
                Space.checkAligned(lane, address, size);
                long operand = b.get(warp, lane);
                long before = space.update(warp, lane, address, size, (who, old) -> {
                    if (compare) {
                        return (old & mask) == (operand & mask) ? swap.get(warp, who) : old;
                    }
                    return combine.apply(old, operand);
                });
                d.set(warp, lane, before);
            }
        };
    }

    private static int fresh(Coding c, PtxType type) {
        return type.wide() ? c.slots().freshLongs() : c.slots().freshInts();
    }

    private static Lanes.OfLong2 combine(String operation, PtxType type, Coding c) {
        if (operation.equals("exch")) {
            return (old, with) -> with;
        }
        if (type.integer()) {
            return integer(operation, type, c);
        }
        if (!operation.equals("add")) {
            throw c.error("unknown modifier ." + operation);
        }
        return switch (type) {
            // the manual: subnormal numbers are flushed here in global memory of some architectures; kept in this one
            case F32 ->
                (a, b) -> Float.floatToRawIntBits(Float.intBitsToFloat((int) a) + Float.intBitsToFloat((int) b));
            case F64 -> (a, b) -> Double.doubleToRawLongBits(Double.longBitsToDouble(a) + Double.longBitsToDouble(b));
            default -> {
                HalfFormat format = HalfFormat.of(type, c);
                Lanes.OfInt2 one = (a, b) -> format.encode(format.decode(a) + format.decode(b));
                Lanes.OfInt2 all = type.packed() ? HalfFormat.both(one) : one;
                yield (a, b) -> all.apply((int) a, (int) b);
            }
        };
    }

    /** What an operation on integers makes of two. */
    static Lanes.OfLong2 integer(String operation, PtxType type, Coding c) {
        return switch (operation) {
            case "add" -> (a, b) -> a + b;
            case "and" -> (a, b) -> a & b;
            case "or" -> (a, b) -> a | b;
            case "xor" -> (a, b) -> a ^ b;
            case "min" -> (a, b) -> less(a, b, type) ? a : b;
            case "max" -> (a, b) -> less(a, b, type) ? b : a;
            case "inc" -> (a, b) -> less(a, b, type) ? a + 1 : 0;
            case "dec" -> (a, b) -> IntegerArithmetic.extend(a, type) == 0 || less(b, a, type) ? b : a - 1;
            default -> throw c.error("unknown modifier ." + operation);
        };
    }

    private static boolean less(long a, long b, PtxType type) {
        long x = IntegerArithmetic.extend(a, type);
        long y = IntegerArithmetic.extend(b, type);
        return type.signed() ? x < y : Long.compareUnsigned(x, y) < 0;
    }
}
