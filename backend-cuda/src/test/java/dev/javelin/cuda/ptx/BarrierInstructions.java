package dev.javelin.cuda.ptx;

import dev.javelin.cuda.ptx.Barriers.Reduction;
import java.lang.invoke.VarHandle;
import java.util.List;

/** Barriers of blocks and warps, and fences. */
final class BarrierInstructions {
    private BarrierInstructions() {}

    static void addTo(InstructionSet set) {
        set.put("bar", BarrierInstructions::decode);
        set.put("barrier", BarrierInstructions::decode);
        List.of("membar", "fence").forEach(opcode -> set.put(opcode, BarrierInstructions::fence));
    }

    private static Step fence(Coding c) {
        c.takeAny("sc", "acq_rel");
        c.takeOne("cta", "gl", "gpu", "sys", "cluster");
        c.done(0);
        return (warp, lanes) -> VarHandle.fullFence();
    }

    static Step decode(Coding c) {
        if (c.take("warp")) {
            return ofWarp(c);
        }
        c.takeAny("cta");
        String action = c.takeOne("sync", "red", "arrive");
        c.take("aligned");
        if (action.equals("red")) {
            return reduction(c);
        }
        c.done();
        if (c.count() > 2 || (action.equals("arrive") && c.count() != 2)) {
            throw c.error("expected a barrier and a number of threads");
        }
        int id = c.intSource(0, PtxType.U32);
        int threads = c.count() == 2 ? c.intSource(1, PtxType.U32) : c.slots().constant(0);
        boolean waits = action.equals("sync");
        return (warp, lanes) -> {
            int lane = Integer.numberOfTrailingZeros(lanes);
            warp.block()
                    .barriers()
                    .arrive(warp, lanes, warp.ints[id][lane], warp.ints[threads][lane], waits, 0, (count, all) -> {});
        };
    }

    private static Step reduction(Coding c) {
        Reduction reduction = Reduction.valueOf(c.takeOne("popc", "and", "or").toUpperCase(java.util.Locale.ROOT));
        c.takeType();
        c.done();
        if (c.count() != 3 && c.count() != 4) {
            throw c.error("expected a result, a barrier, perhaps a number of threads, and a predicate");
        }
        int id = c.intSource(1, PtxType.U32);
        int threads = c.count() == 4 ? c.intSource(2, PtxType.U32) : c.slots().constant(0);
        Condition a = c.condition(c.count() - 1);
        int d = reduction == Reduction.POPC ? c.narrow(0) : c.predicate(0);
        return (warp, lanes) -> {
            int lane = Integer.numberOfTrailingZeros(lanes);
            int holds = a.lanes(warp);
            warp.block()
                    .barriers()
                    .arrive(warp, lanes, warp.ints[id][lane], warp.ints[threads][lane], true, holds, (count, all) -> {
                        if (reduction == Reduction.POPC) {
                            java.util.Arrays.fill(warp.ints[d], count);
                        } else {
                            boolean result = reduction == Reduction.AND ? all : count > 0;
                            warp.keepPredicate(d, lanes, result ? Lanes.ALL : 0);
                        }
                    });
        };
    }

    private static Step ofWarp(Coding c) {
        c.takeOne("sync");
        c.done(1);
        int named = c.intSource(0, PtxType.B32);
        return (warp, lanes) -> {
            WarpInstructions.members(warp, lanes, named);
            warp.clock().syncOwn();
        };
    }
}
