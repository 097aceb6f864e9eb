package dev.javelin.cuda.ptx;

/** The memory that each thread has for itself. */
final class LocalSpace implements Space {

    private static int check(Warp warp, int lane, long address, int count) {
        int size = warp.local(lane).length;
        if (address < 0 || address > size - count) {
            throw new Fault(
                    Fault.Kind.OUT_OF_BOUNDS,
                    lane,
                    "%d bytes of local memory at 0x%x, of %d".formatted(count, address, size));
        }
        return (int) address;
    }

    @Override
    public byte[] load(Warp warp, int lane, long address, int count) {
        warp.located = check(warp, lane, address, count);
        return warp.local(lane);
    }

    @Override
    public void store(Warp warp, int lane, long address, int count, long bits) {
        Bytes.put(warp.local(lane), check(warp, lane, address, count), count, bits);
    }

    @Override
    public long update(Warp warp, int lane, long address, int count, Update update) {
        throw new Fault(Fault.Kind.OUT_OF_BOUNDS, lane, "atomic instruction on local memory");
    }
}
