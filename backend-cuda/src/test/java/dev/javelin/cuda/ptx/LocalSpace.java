package dev.javelin.cuda.ptx;

/** The memory that each thread has for itself. */
final class LocalSpace implements Space {

    private static int check(Warp warp, int lane, long address, int count) {
        int size = warp.localBytes();
        if (address < 0 || address > size - count) {
            throw new Fault(
                    Fault.Kind.OUT_OF_BOUNDS,
                    lane,
                    "%d bytes of local memory at 0x%x, of %d".formatted(count, address, size));
        }
        return lane * size + (int) address;
    }

    @Override
    public byte[] load(Warp warp, int lane, long address, int count) {
        warp.located = check(warp, lane, address, count);
        return warp.local();
    }

    @Override
    public void store(Warp warp, int lane, long address, int count, long bits) {
        Bytes.put(warp.local(), check(warp, lane, address, count), count, bits);
    }

    @Override
    public long update(Warp warp, int lane, long address, int count, Update update) {
        throw new Fault(Fault.Kind.OUT_OF_BOUNDS, lane, "atomic instruction on local memory");
    }
}
