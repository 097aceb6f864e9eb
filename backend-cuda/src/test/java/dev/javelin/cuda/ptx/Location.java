package dev.javelin.cuda.ptx;

import dev.javelin.cuda.ptx.Operand.Register;

/** An address as an instruction says it: a column, and a distance from it. */
record Location(Place base, long offset) {

    static Location of(Coding c, int operand) {
        if (!(c.operand(operand) instanceof Operand.Address(Operand base, long offset))) {
            throw c.error("expected an address, found " + c.operand(operand));
        }
        return switch (base) {
            case null ->
                new Location(c.place(new Operand.Immediate(0, Operand.Immediate.Form.INTEGER), PtxType.U64), offset);
            case Register register -> new Location(c.place(register, register.type()), offset);
            case Operand.Symbol symbol -> new Location(c.place(symbol, PtxType.U64), offset);
            default -> throw c.error("expected a register or a variable, found " + base);
        };
    }

    long address(Warp warp, int lane) {
        long start = base.get(warp, lane);
        return (base.wide() ? start : start & 0xffff_ffffL) + offset;
    }
}
