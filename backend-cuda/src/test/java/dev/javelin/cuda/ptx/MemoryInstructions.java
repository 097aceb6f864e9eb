package dev.javelin.cuda.ptx;

import java.util.Arrays;
import java.util.List;

/** Loads and stores. */
final class MemoryInstructions {
    private final GlobalMemory memory;

    MemoryInstructions(GlobalMemory memory) {
        this.memory = memory;
    }

    void addTo(InstructionSet set) {
        set.put("ld", this::load);
        set.put("ldu", this::load);
        set.put("st", this::store);
    }

    /** Takes the modifier that names a space; generic without one. */
    static Space space(Coding c, GlobalMemory memory) {
        String name = c.takeAny("global", "shared", "shared::cta", "local", "const", "param", "param::entry");
        return switch (name) {
            case null -> new GenericSpace(memory);
            case "shared", "shared::cta" -> new SharedSpace();
            case "local" -> new LocalSpace();
            case "param", "param::entry" -> new ParameterSpace();
            default -> new GlobalSpace(memory);
        };
    }

    /** Takes what says how caches and other threads see an access: all of that is in order here. */
    private static void takeHints(Coding c) {
        c.takeAny("weak", "volatile", "relaxed", "acquire", "release");
        c.takeAny("cta", "gpu", "sys", "cluster");
        c.takeAny("ca", "cg", "cs", "lu", "cv", "wb", "wt");
        c.take("nc");
        c.takeAny("L1::evict_normal", "L1::evict_unchanged", "L1::evict_first", "L1::evict_last", "L1::no_allocate");
        c.takeAny("L2::64B", "L2::128B", "L2::256B");
        c.takeAny("L2::evict_first", "L2::evict_last", "L2::evict_normal");
    }

    private static int takeVector(Coding c) {
        String vector = c.takeAny("v2", "v4");
        return vector == null ? 1 : vector.charAt(1) - '0';
    }

    private static Place[] places(Coding c, int operand, int count, PtxType type) {
        List<Operand> elements = Coding.elements(c.operand(operand));
        if (elements.size() != count) {
            throw c.error("expected " + count + " registers, found " + elements.size());
        }
        return elements.stream().map(element -> c.place(element, type)).toArray(Place[]::new);
    }

    private Step load(Coding c) {
        takeHints(c);
        boolean policy = c.take("L2::cache_hint");
        Space space = space(c, memory);
        int count = takeVector(c);
        PtxType type = c.takeType();
        c.done(policy ? 3 : 2);
        Place[] to = places(c, 0, count, type);
        Location from = Location.of(c, 1);
        int size = type.bytes();
        int total = count * size;
        if (space instanceof ParameterSpace
                && count == 1
                && c.operand(1) instanceof Operand.Address(Operand.Symbol symbol, long offset)) {
            return parameter(space, to[0], c.symbols().address(symbol, c) + offset, type);
        }
        if (size == 4 && !to[0].wide()) {
            return words(space, to, from, total);
        }
        return (warp, lanes) -> {
            for (int rest = lanes; rest != 0; rest &= rest - 1) {
                int lane = Integer.numberOfTrailingZeros(rest);
                long address = from.address(warp, lane);
                Space.checkAligned(lane, address, total);
                byte[] bytes = space.load(warp, lane, address, total);
                int at = warp.located;
                for (int i = 0; i < count; i++) {
                    to[i].set(warp, lane, IntegerArithmetic.extend(Bytes.get(bytes, at + i * size, size), type));
                }
            }
        };
    }

    /** The same for all lanes. */
    private static Step parameter(Space space, Place to, long address, PtxType type) {
        return (warp, lanes) -> {
            byte[] bytes = space.load(warp, 0, address, type.bytes());
            long value = IntegerArithmetic.extend(Bytes.get(bytes, warp.located, type.bytes()), type);
            if (to.wide()) {
                Arrays.fill(warp.targetLongs(to.slot(), lanes), value);
                warp.keepLongs(to.slot(), lanes);
            } else {
                Arrays.fill(warp.target(to.slot(), lanes), (int) value & to.mask());
                warp.keep(to.slot(), lanes);
            }
        };
    }

    private static Step words(Space space, Place[] to, Location from, int total) {
        return (warp, lanes) -> {
            for (int rest = lanes; rest != 0; rest &= rest - 1) {
                int lane = Integer.numberOfTrailingZeros(rest);
                long address = from.address(warp, lane);
                Space.checkAligned(lane, address, total);
                byte[] bytes = space.load(warp, lane, address, total);
                int at = warp.located;
                for (Place place : to) {
                    warp.ints[place.slot()][lane] = Bytes.getInt(bytes, at);
                    at += 4;
                }
            }
        };
    }

    private Step store(Coding c) {
        takeHints(c);
        boolean policy = c.take("L2::cache_hint");
        Space space = space(c, memory);
        int count = takeVector(c);
        PtxType type = c.takeType();
        c.done(policy ? 3 : 2);
        Location to = Location.of(c, 0);
        Place[] from = places(c, 1, count, type);
        int size = type.bytes();
        int total = count * size;
        return (warp, lanes) -> {
            for (int rest = lanes; rest != 0; rest &= rest - 1) {
                int lane = Integer.numberOfTrailingZeros(rest);
                long address = to.address(warp, lane);
                Space.checkAligned(lane, address, total);
                for (int i = 0; i < count; i++) {
                    space.store(warp, lane, address + (long) i * size, size, from[i].get(warp, lane));
                }
            }
        };
    }
}
