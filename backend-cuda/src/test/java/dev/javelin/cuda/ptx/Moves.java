package dev.javelin.cuda.ptx;

import dev.javelin.cuda.ptx.Operand.Symbol;
import java.util.List;

/** Moves, packing and unpacking, and addresses. */
final class Moves {
    private Moves() {}

    static void addTo(InstructionSet set) {
        set.put("mov", Moves::move);
        set.put("cvta", Moves::convertAddress);
        set.put("isspacep", Moves::isSpace);
        set.put("trap", c -> {
            c.done(0);
            return (warp, lanes) -> {
                throw new Fault(Fault.Kind.TRAP, Integer.numberOfTrailingZeros(lanes), "the kernel stopped itself");
            };
        });
        set.put("nanosleep", c -> {
            c.takeType();
            c.done(1);
            return (warp, lanes) -> {};
        });
        List.of("prefetch", "prefetchu").forEach(opcode -> set.put(opcode, Moves::prefetch));
    }

    private static Step prefetch(Coding c) {
        c.takeAny("global", "local");
        c.takeOne("L1", "L2", "L2::evict_last", "L2::evict_normal");
        c.done(1);
        return (warp, lanes) -> {}; // a hint, which may name any address
    }

    private static Step move(Coding c) {
        PtxType type = c.takeType();
        c.done(2);
        if (type == PtxType.PRED) {
            int d = c.predicate(0);
            Condition a = c.condition(1);
            return (warp, lanes) -> warp.keepPredicate(d, lanes, a.lanes(warp));
        }
        if (c.operand(0) instanceof Operand.Vector(List<Operand> parts)) {
            return unpack(c, type, parts);
        }
        if (c.operand(1) instanceof Operand.Vector(List<Operand> parts)) {
            return pack(c, type, parts);
        }
        if (c.operand(1) instanceof Operand.Special(String name) && name.startsWith("%clock")) {
            Place d = c.place(c.operand(0), type);
            return (warp, lanes) -> {
                long now = System.nanoTime();
                for (int rest = lanes; rest != 0; rest &= rest - 1) {
                    d.set(warp, Integer.numberOfTrailingZeros(rest), now);
                }
            };
        }
        if (type.wide()) {
            return Steps.longs(c.wide(0), c.longSource(1, type), (d, a) -> System.arraycopy(a, 0, d, 0, Lanes.COUNT));
        }
        return Steps.ints(c.narrow(0), c.intSource(1, type), (d, a) -> System.arraycopy(a, 0, d, 0, Lanes.COUNT));
    }

    private static Step pack(Coding c, PtxType type, List<Operand> parts) {
        int bits = type.bits() / parts.size();
        Place d = c.place(c.operand(0), type);
        Place[] from = places(c, parts, bits);
        long mask = (1L << bits) - 1;
        return (warp, lanes) -> {
            for (int rest = lanes; rest != 0; rest &= rest - 1) {
                int lane = Integer.numberOfTrailingZeros(rest);
                long word = 0;
                for (int i = 0; i < from.length; i++) {
                    word |= (from[i].get(warp, lane) & mask) << (i * bits);
                }
                d.set(warp, lane, word);
            }
        };
    }

    private static Step unpack(Coding c, PtxType type, List<Operand> parts) {
        int bits = type.bits() / parts.size();
        Place a = c.place(c.operand(1), type);
        Place[] to = places(c, parts, bits);
        return (warp, lanes) -> {
            for (int rest = lanes; rest != 0; rest &= rest - 1) {
                int lane = Integer.numberOfTrailingZeros(rest);
                long word = a.get(warp, lane);
                for (int i = 0; i < to.length; i++) {
                    to[i].set(warp, lane, word >>> (i * bits));
                }
            }
        };
    }

    private static Place[] places(Coding c, List<Operand> parts, int bits) {
        PtxType type = switch (bits) {
            case 8 -> PtxType.B8;
            case 16 -> PtxType.B16;
            case 32 -> PtxType.B32;
            default -> throw c.error("no parts of " + bits + " bits");
        };
        return parts.stream().map(part -> c.place(part, type)).toArray(Place[]::new);
    }

    private static Step convertAddress(Coding c) {
        boolean back = c.take("to");
        String space = c.takeOne("global", "shared", "shared::cta", "local", "const", "param");
        PtxType type = c.takeType();
        c.done(2);
        if (space.equals("param")) {
            throw c.error("unknown modifier .param");
        }
        if (c.operand(1) instanceof Symbol symbol) {
            c.symbols().require(symbol.name(), c);
        }
        long window = window(space) * (back ? -1 : 1);
        return Steps.longs(c.wide(0), c.longSource(1, type), (d, a) -> {
            for (int i = 0; i < Lanes.COUNT; i++) {
                d[i] = a[i] + window;
            }
        });
    }

    private static long window(String space) {
        return switch (space) {
            case "shared", "shared::cta" -> GenericSpace.SHARED;
            case "local" -> GenericSpace.LOCAL;
            default -> 0;
        };
    }

    private static Step isSpace(Coding c) {
        String space = c.takeOne("global", "shared", "shared::cta", "local");
        c.done(2);
        int d = c.predicate(0);
        int a = c.longSource(1, PtxType.U64);
        return (warp, lanes) -> {
            int found = 0;
            for (int i = 0; i < Lanes.COUNT; i++) {
                long address = warp.longs[a][i];
                boolean shared = GenericSpace.isShared(address);
                boolean local = GenericSpace.isLocal(address);
                boolean is = switch (space) {
                    case "global" -> !shared && !local;
                    case "local" -> local;
                    default -> shared;
                };
                found |= is ? 1 << i : 0;
            }
            warp.keepPredicate(d, lanes, found);
        };
    }
}
