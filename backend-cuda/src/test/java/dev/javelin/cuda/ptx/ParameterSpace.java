package dev.javelin.cuda.ptx;

/** The parameters of a launch. */
final class ParameterSpace implements Space {

    @Override
    public byte[] load(Warp warp, int lane, long address, int count) {
        byte[] parameters = warp.block().launch().parameters();
        if (address < 0 || address > parameters.length - count) {
            throw new Fault(
                    Fault.Kind.OUT_OF_BOUNDS,
                    lane,
                    "%d bytes of parameters at 0x%x, of %d".formatted(count, address, parameters.length));
        }
        warp.located = (int) address;
        return parameters;
    }

    @Override
    public void store(Warp warp, int lane, long address, int count, long bits) {
        throw new Fault(Fault.Kind.READ_ONLY, lane, "write to a parameter of the launch");
    }

    @Override
    public long update(Warp warp, int lane, long address, int count, Update update) {
        throw new Fault(Fault.Kind.READ_ONLY, lane, "atomic instruction on a parameter of the launch");
    }
}
