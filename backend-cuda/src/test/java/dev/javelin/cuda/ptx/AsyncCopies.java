package dev.javelin.cuda.ptx;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Copies to shared memory that the threads of a warp began and have not waited for. What they bring appears when the thread
 * waits, as late as may be; until then nobody may touch the place.
 */
final class AsyncCopies {

    private static final class Copy {
        private final int lane;
        private final int group;
        private final int at;
        private final byte[] content;

        private Copy(int lane, int group, int at, byte[] content) {
            this.lane = lane;
            this.group = group;
            this.at = at;
            this.content = content;
        }
    }

    private final Warp warp;
    private final List<Copy> open = new ArrayList<>();
    private final int[] groups = new int[Lanes.COUNT];

    AsyncCopies(Warp warp) {
        this.warp = warp;
    }

    void begin(int lane, int at, byte[] content) {
        warp.block().shared().beginCopy(warp, lane, at, content.length);
        open.add(new Copy(lane, groups[lane], at, content));
    }

    /** Makes a group of what was begun since the last one. */
    void commit(int lanes) {
        for (int rest = lanes; rest != 0; rest &= rest - 1) {
            groups[Integer.numberOfTrailingZeros(rest)]++;
        }
    }

    /** Waits until at most so many of the latest groups are under way. */
    void await(int lanes, int latest) {
        for (Iterator<Copy> copies = open.iterator(); copies.hasNext(); ) {
            Copy copy = copies.next();
            if ((lanes >>> copy.lane & 1) != 0 && copy.group < groups[copy.lane] - latest) {
                finish(copy);
                copies.remove();
            }
        }
    }

    /** Waits for everything, committed or not. */
    void awaitAll(int lanes) {
        commit(lanes);
        await(lanes, 0);
    }

    /** Threads end; hardware lets their copies arrive whenever it likes. */
    void end(int lanes) {
        if (!open.isEmpty()) {
            awaitAll(lanes);
        }
    }

    private void finish(Copy copy) {
        warp.block().shared().endCopy(warp, copy.lane, copy.at, copy.content);
    }
}
