package dev.javelin.cuda.ptx;

/** Generic addresses: windows onto shared and local memory, and global memory everywhere else. */
final class GenericSpace implements Space {
    /** Where shared memory begins in generic addresses. */
    static final long SHARED = 0x7e00_0000_0000L;

    /** Where local memory begins in generic addresses. */
    static final long LOCAL = 0x7d00_0000_0000L;

    private static final long WINDOW = 1L << 32;

    private final Space shared = new SharedSpace();
    private final Space local = new LocalSpace();
    private final Space global;

    GenericSpace(GlobalMemory memory) {
        this.global = new GlobalSpace(memory);
    }

    static boolean isShared(long address) {
        return address >= SHARED && address < SHARED + WINDOW;
    }

    static boolean isLocal(long address) {
        return address >= LOCAL && address < LOCAL + WINDOW;
    }

    private Space space(long address) {
        if (isShared(address)) {
            return shared;
        }
        return isLocal(address) ? local : global;
    }

    private static long within(long address) {
        if (isShared(address)) {
            return address - SHARED;
        }
        return isLocal(address) ? address - LOCAL : address;
    }

    @Override
    public byte[] load(Warp warp, int lane, long address, int count) {
        return space(address).load(warp, lane, within(address), count);
    }

    @Override
    public void store(Warp warp, int lane, long address, int count, long bits) {
        space(address).store(warp, lane, within(address), count, bits);
    }

    @Override
    public long update(Warp warp, int lane, long address, int count, Update update) {
        return space(address).update(warp, lane, within(address), count, update);
    }
}
