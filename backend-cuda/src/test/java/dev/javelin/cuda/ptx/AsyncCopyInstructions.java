package dev.javelin.cuda.ptx;

import java.util.Arrays;

/** Copies from global to shared memory behind the back of their thread. */
final class AsyncCopyInstructions {
    private final GlobalMemory memory;

    AsyncCopyInstructions(GlobalMemory memory) {
        this.memory = memory;
    }

    void addTo(InstructionSet set) {
        set.put("cp", this::decode);
    }

    private Step decode(Coding c) {
        c.takeOne("async");
        if (c.take("commit_group")) {
            c.done(0);
            return (warp, lanes) -> warp.copies().commit(lanes);
        }
        if (c.take("wait_all")) {
            c.done(0);
            return (warp, lanes) -> warp.copies().awaitAll(lanes);
        }
        if (c.take("wait_group")) {
            c.done(1);
            int latest = (int) c.literal(0);
            return (warp, lanes) -> warp.copies().await(lanes, latest);
        }
        return copy(c);
    }

    private Step copy(Coding c) {
        String cache = c.takeOne("ca", "cg");
        c.takeOne("shared", "shared::cta");
        c.takeOne("global");
        c.takeAny("L2::64B", "L2::128B", "L2::256B");
        c.done();
        int size = (int) c.literal(2);
        boolean known = cache.equals("cg") ? size == 16 : size == 4 || size == 8 || size == 16;
        if (!known || c.count() > 4) {
            throw c.error("no copy of " + size + " bytes with " + c.count() + " operands");
        }
        Location to = Location.of(c, 0);
        Location from = Location.of(c, 1);
        int given = c.count() == 4 ? c.intSource(3, PtxType.U32) : c.slots().constant(size);
        Space global = new GlobalSpace(memory);
        return (warp, lanes) -> {
            for (int rest = lanes; rest != 0; rest &= rest - 1) {
                int lane = Integer.numberOfTrailingZeros(rest);
                int bytes = warp.ints[given][lane];
                if (bytes < 0 || bytes > size) {
                    throw new Fault(Fault.Kind.OUT_OF_BOUNDS, lane, "copy of " + bytes + " bytes, at most " + size);
                }
                long source = from.address(warp, lane);
                Space.checkAligned(lane, source, size);
                byte[] content = new byte[size]; // zeros where the source ends early
                if (bytes > 0) {
                    byte[] found = global.load(warp, lane, source, bytes);
                    content = Arrays.copyOf(Arrays.copyOfRange(found, warp.located, warp.located + bytes), size);
                }
                int at = warp.block().shared().check(lane, to.address(warp, lane), size, size);
                warp.copies().begin(lane, at, content);
            }
        };
    }
}
