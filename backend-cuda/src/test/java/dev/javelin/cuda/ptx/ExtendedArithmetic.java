package dev.javelin.cuda.ptx;

import java.util.List;

/** Sums with a carry, of 32 bits. The carry flag of each lane is a bit of a predicate that no program can name. */
final class ExtendedArithmetic {
    private static final Operand.Register CARRY = new Operand.Register("%carry", PtxType.PRED, -1);

    private ExtendedArithmetic() {}

    static void addTo(InstructionSet set) {
        List.of("addc", "subc").forEach(opcode -> set.put(opcode, c -> decode(c, true)));
    }

    /** Whether an {@code add} or a {@code sub} writes the carry. */
    static boolean writesCarry(Coding c) {
        return c.has("cc");
    }

    static Step decode(Coding c, boolean reads) {
        boolean writes = c.take("cc");
        PtxType type = c.takeType();
        c.done(3);
        if (type.bits() != 32) {
            throw c.error("carries of ." + type.modifier() + " are not known");
        }
        boolean subtract = c.opcode().startsWith("sub");
        int flag = c.slots().of(CARRY);
        int d = c.narrow(0);
        int a = c.intSource(1, type);
        int b = c.intSource(2, type);
        return (warp, lanes) -> {
            int carries = warp.predicates[flag];
            int fresh = 0;
            for (int rest = lanes; rest != 0; rest &= rest - 1) {
                int lane = Integer.numberOfTrailingZeros(rest);
                long carry = reads ? carries >>> lane & 1 : 0;
                long x = warp.ints[a][lane] & 0xffff_ffffL;
                long y = warp.ints[b][lane] & 0xffff_ffffL;
                long sum = subtract ? x - y - carry : x + y + carry;
                warp.ints[d][lane] = (int) sum;
                fresh |= (int) (sum >>> 32 & 1) << lane;
            }
            if (writes) {
                warp.keepPredicate(flag, lanes, fresh);
            }
        };
    }
}
