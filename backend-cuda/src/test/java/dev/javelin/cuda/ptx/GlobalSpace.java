package dev.javelin.cuda.ptx;

/** Global memory as one instruction sees it: it remembers where it was last. */
final class GlobalSpace implements Space {
    private final GlobalMemory memory;
    private Allocation near;

    GlobalSpace(GlobalMemory memory) {
        this.memory = memory;
        this.near = new Allocation(0, new byte[0], true, null, "nothing");
    }

    private Allocation find(int lane, long address, int count) {
        Allocation allocation = near;
        if (!allocation.holds(address, count)) {
            allocation = memory.require(address, count, lane);
            near = allocation;
        }
        return allocation;
    }

    @Override
    public byte[] load(Warp warp, int lane, long address, int count) {
        Allocation allocation = find(lane, address, count);
        int at = (int) (address - allocation.start());
        if (!allocation.initialised(at, count)) {
            throw new Fault(
                    Fault.Kind.UNINITIALISED,
                    lane,
                    "read of %d bytes at 0x%x that nobody wrote, byte %d of %s"
                            .formatted(count, address, at, allocation));
        }
        warp.block().counters().globalLoaded += count;
        warp.located = at;
        return allocation.bytes();
    }

    private Allocation writable(int lane, long address, int count) {
        Allocation allocation = find(lane, address, count);
        if (allocation.readOnly()) {
            throw new Fault(Fault.Kind.READ_ONLY, lane, "write at 0x%x, to %s".formatted(address, allocation));
        }
        return allocation;
    }

    @Override
    public void store(Warp warp, int lane, long address, int count, long bits) {
        Allocation allocation = writable(lane, address, count);
        int at = (int) (address - allocation.start());
        Bytes.put(allocation.bytes(), at, count, bits);
        allocation.wrote(at, count);
        warp.block().counters().globalStored += count;
    }

    @Override
    public long update(Warp warp, int lane, long address, int count, Update update) {
        Space.checkAligned(lane, address, count);
        Allocation allocation = writable(lane, address, count);
        int at = (int) (address - allocation.start());
        synchronized (allocation) {
            load(warp, lane, address, count);
            long before = Bytes.get(allocation.bytes(), at, count);
            store(warp, lane, address, count, update.apply(lane, before));
            return before;
        }
    }
}
