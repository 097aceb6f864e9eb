package dev.javelin.cuda.ptx;

/** A kind of memory, as one lane of a warp sees it. All methods check bounds and alignment. */
interface Space {

    /** What an atomic instruction makes of what it finds. */
    @FunctionalInterface
    interface Update {
        long apply(int lane, long before);
    }

    /** The array that holds these bytes; {@link Warp#located} says where in it. */
    byte[] load(Warp warp, int lane, long address, int count);

    /** Writes the lowest bytes of the bits, up to eight. */
    void store(Warp warp, int lane, long address, int count, long bits);

    /** Replaces a number at once, and gives back what was there. */
    long update(Warp warp, int lane, long address, int count, Update update);

    static void checkAligned(int lane, long address, int alignment) {
        if ((address & alignment - 1) != 0) {
            throw new Fault(
                    Fault.Kind.MISALIGNED, lane, "address 0x%x, to be a multiple of %d".formatted(address, alignment));
        }
    }
}
