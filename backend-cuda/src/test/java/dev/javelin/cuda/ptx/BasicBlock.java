package dev.javelin.cuda.ptx;

import org.jspecify.annotations.Nullable;

/** Instructions that run one after the other, and what comes then. */
final class BasicBlock {
    private final Guarded[] steps;
    private final Ending ending;

    BasicBlock(Guarded[] steps, Ending ending) {
        this.steps = steps;
        this.ending = ending;
    }

    /**
     * One instruction.
     *
     * @param guard none if all lanes take part
     */
    record Guarded(int line, @Nullable Condition guard, Step step) {}

    /** What comes after the steps. */
    record Ending(int line, Step step) {}

    /** How many instructions it has, with its ending. */
    int size() {
        return steps.length + 1;
    }

    void run(Warp warp, int lanes) {
        int at = 0;
        try {
            for (; at < steps.length; at++) {
                Guarded next = steps[at];
                Condition guard = next.guard;
                int some = guard == null ? lanes : lanes & guard.lanes(warp);
                if (some != 0) {
                    next.step.run(warp, some);
                }
            }
            ending.step.run(warp, lanes);
        } catch (Fault fault) {
            int line = at < steps.length ? steps[at].line : ending.line;
            throw fault.at(warp.block().launch().place(warp, fault.lane(), line));
        }
    }
}
