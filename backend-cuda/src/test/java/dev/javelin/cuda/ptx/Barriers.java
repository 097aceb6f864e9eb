package dev.javelin.cuda.ptx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The sixteen barriers of a block. */
final class Barriers {
    private static final int COUNT = 16;

    /** How a barrier combines the predicates of its threads. */
    enum Reduction {
        POPC,
        AND,
        OR
    }

    /** What a warp that waits wants to know in the end. */
    @FunctionalInterface
    interface Answer {
        void give(int count, boolean all);
    }

    private record Waiting(Warp warp, Answer answer) {}

    private static final class Barrier {
        private final List<Waiting> waiting = new ArrayList<>();
        private final int[] joined;
        private final int expected;
        private int arrived;
        private int trueCount;
        private int falseCount;

        private Barrier(int expected, int warps) {
            this.expected = expected;
            this.joined = new int[warps];
        }
    }

    private final Block block;
    private final Map<Integer, Barrier> open = new TreeMap<>();

    Barriers(Block block) {
        this.block = block;
    }

    /**
     * A warp arrives.
     *
     * @param threads how many are to come, or 0 for all of the block
     * @param holds true for the lanes whose predicate is true
     */
    void arrive(Warp warp, int lanes, int id, int threads, boolean waits, int holds, Answer answer) {
        if (id < 0 || id >= COUNT) {
            throw new Fault(Fault.Kind.LAUNCH, "no barrier " + id + ", there are " + COUNT);
        }
        checkWhole(warp, lanes);
        int expected = threads == 0 ? block.warps() * Lanes.COUNT : threads;
        if (expected % Lanes.COUNT != 0 || expected > block.warps() * Lanes.COUNT) {
            throw new Fault(
                    Fault.Kind.DIVERGENT_BARRIER,
                    "barrier " + id + " for " + threads + " threads, of " + block.threads());
        }
        Barrier barrier = open.computeIfAbsent(id, fresh -> new Barrier(expected, block.warps()));
        if (barrier.expected != expected) {
            throw new Fault(
                    Fault.Kind.DIVERGENT_BARRIER,
                    "barrier " + id + " is for " + barrier.expected + " threads to some and " + expected
                            + " to others");
        }
        barrier.arrived += Lanes.COUNT;
        barrier.trueCount += Integer.bitCount(lanes & holds);
        barrier.falseCount += Integer.bitCount(lanes & ~holds);
        warp.clock().tellTo(barrier.joined);
        if (waits) {
            warp.hold();
            barrier.waiting.add(new Waiting(warp, answer));
        }
        if (barrier.arrived == expected) {
            open.remove(id);
            for (Waiting one : barrier.waiting) {
                one.warp.clock().learnFrom(barrier.joined);
                one.answer.give(barrier.trueCount, barrier.falseCount == 0);
                one.warp.release();
            }
        }
    }

    private static void checkWhole(Warp warp, int lanes) {
        if (warp.ended() != 0) {
            throw new Fault(
                    Fault.Kind.DIVERGENT_BARRIER, "barrier of a warp of which " + warp.ended() + " threads have ended");
        }
        if (lanes != warp.live()) {
            throw new Fault(
                    Fault.Kind.DIVERGENT_BARRIER,
                    "barrier in a part of a warp: lanes %08x of %08x".formatted(lanes, warp.live()));
        }
    }

    /** After the last warp: nobody may be left waiting. */
    void checkEnd() {
        open.forEach((id, barrier) -> {
            List<Integer> waiting =
                    barrier.waiting.stream().map(one -> one.warp.index()).toList();
            throw new Fault(
                            Fault.Kind.DEADLOCK,
                            "barrier " + id + " got " + barrier.arrived + " of " + barrier.expected
                                    + " threads, warps waiting at it: " + waiting + ", the others have ended")
                    .at(block.launch().place(block));
        });
    }
}
