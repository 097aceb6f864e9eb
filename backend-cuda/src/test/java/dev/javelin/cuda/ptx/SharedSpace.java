package dev.javelin.cuda.ptx;

/** The shared memory of whichever block runs. */
final class SharedSpace implements Space {

    @Override
    public byte[] load(Warp warp, int lane, long address, int count) {
        return warp.block().shared().load(warp, lane, address, count);
    }

    @Override
    public void store(Warp warp, int lane, long address, int count, long bits) {
        warp.block().shared().store(warp, lane, address, count, bits);
    }

    @Override
    public long update(Warp warp, int lane, long address, int count, Update update) {
        return warp.block().shared().update(warp, lane, address, count, update);
    }
}
