package dev.javelin.cuda.ptx;

/** Dot products of packed integers. */
final class DotProducts {
    private DotProducts() {}

    static void addTo(InstructionSet set) {
        set.put("dp4a", DotProducts::four);
        set.put("dp2a", DotProducts::two);
    }

    private static Step four(Coding c) {
        boolean signedA = c.takeType().signed();
        boolean signedB = c.takeType().signed();
        c.done(4);
        return step(c, (a, b, sum) -> {
            int result = sum;
            for (int i = 0; i < 32; i += 8) {
                result += part(a, i, 8, signedA) * part(b, i, 8, signedB);
            }
            return result;
        });
    }

    private static Step two(Coding c) {
        int first = c.takeOne("lo", "hi").equals("lo") ? 0 : 16;
        boolean signedA = c.takeType().signed();
        boolean signedB = c.takeType().signed();
        c.done(4);
        return step(
                c,
                (a, b, sum) -> sum
                        + part(a, 0, 16, signedA) * part(b, first, 8, signedB)
                        + part(a, 16, 16, signedA) * part(b, first + 8, 8, signedB));
    }

    private static Step step(Coding c, Lanes.OfInt3 operation) {
        return Steps.ints(
                c.narrow(0),
                c.intSource(1, PtxType.B32),
                c.intSource(2, PtxType.B32),
                c.intSource(3, PtxType.B32),
                Lanes.each(operation));
    }

    private static int part(int word, int from, int bits, boolean signed) {
        int top = word << (32 - bits - from);
        return signed ? top >> (32 - bits) : top >>> (32 - bits);
    }
}
