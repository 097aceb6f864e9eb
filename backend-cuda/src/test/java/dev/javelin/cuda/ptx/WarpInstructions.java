package dev.javelin.cuda.ptx;

import java.util.Arrays;

/** Lanes that look at each other: shuffles, votes, matches, sums over the warp. All lanes that are named must be there. */
final class WarpInstructions {
    private WarpInstructions() {}

    static void addTo(InstructionSet set) {
        set.put("shfl", WarpInstructions::shuffle);
        set.put("vote", WarpInstructions::vote);
        set.put("match", WarpInstructions::match);
        set.put("redux", WarpInstructions::reduce);
        set.put("activemask", c -> {
            c.takeType();
            c.done(1);
            int d = c.narrow(0);
            return (warp, lanes) -> {
                Arrays.fill(warp.target(d, lanes), lanes);
                warp.keep(d, lanes);
            };
        });
        set.put("elect", WarpInstructions::elect);
    }

    /** The lanes that an instruction names; each that executes must name itself, all the same, and only such that do. */
    static int members(Warp warp, int lanes, int column) {
        int members = warp.ints[column][Integer.numberOfTrailingZeros(lanes)];
        for (int rest = lanes; rest != 0; rest &= rest - 1) {
            int lane = Integer.numberOfTrailingZeros(rest);
            int named = warp.ints[column][lane];
            if (named != members || (named >>> lane & 1) == 0) {
                throw new Fault(
                        Fault.Kind.INACTIVE_LANE,
                        lane,
                        "lanes %08x named by a lane, %08x by another; those that execute are %08x"
                                .formatted(named, members, lanes));
            }
        }
        if ((members & ~lanes) != 0) {
            throw new Fault(
                    Fault.Kind.INACTIVE_LANE,
                    Integer.numberOfTrailingZeros(lanes),
                    "lanes %08x are named, and only %08x execute this".formatted(members, lanes));
        }
        return members;
    }

    private static Step shuffle(Coding c) {
        c.takeOne("sync");
        Route route = route(c.takeOne("up", "down", "bfly", "idx"));
        PtxType type = c.takeType();
        c.done(5);
        boolean pair = c.operand(0) instanceof Operand.Pair;
        Operand to = c.operand(0) instanceof Operand.Pair(Operand first, Operand second) ? first : c.operand(0);
        int valid = c.operand(0) instanceof Operand.Pair(Operand first, Operand second)
                ? c.predicate(second)
                : c.slots().freshPredicate();
        int d = c.narrow(to);
        int a = c.intSource(1, type);
        int b = c.intSource(2, PtxType.U32);
        int bounds = c.intSource(3, PtxType.U32);
        int named = c.intSource(4, PtxType.B32);
        return (warp, lanes) -> {
            members(warp, lanes, named);
            int[] source = warp.ints[a].clone();
            int inside = 0;
            for (int rest = lanes; rest != 0; rest &= rest - 1) {
                int lane = Integer.numberOfTrailingZeros(rest);
                int from = route.from(lane, warp.ints[b][lane] & 31, warp.ints[bounds][lane]);
                inside |= from >= 0 ? 1 << lane : 0;
                int chosen = from >= 0 ? from : lane;
                if ((lanes >>> chosen & 1) == 0) {
                    throw new Fault(Fault.Kind.INACTIVE_LANE, lane, "lane " + chosen + " is read and does not execute");
                }
                warp.ints[d][lane] = source[chosen];
            }
            if (pair) {
                warp.keepPredicate(valid, lanes, inside);
            }
        };
    }

    /** The lane to read from; −1 if it is beyond the bounds. */
    @FunctionalInterface
    private interface Route {
        int from(int lane, int b, int bounds);
    }

    /** Bounds have the clamp in bits 0 to 4 and the mask of the segment in bits 8 to 12. */
    private static Route route(String mode) {
        return switch (mode) {
            case "up" -> (lane, b, bounds) -> lane - b >= most(lane, bounds) ? lane - b : -1;
            case "down" -> (lane, b, bounds) -> within(lane + b, lane, bounds);
            case "bfly" -> (lane, b, bounds) -> within(lane ^ b, lane, bounds);
            default ->
                (lane, b, bounds) -> {
                    int segment = bounds >>> 8 & 31;
                    return within((lane & segment) | (b & ~segment), lane, bounds);
                };
        };
    }

    private static int within(int from, int lane, int bounds) {
        return from <= most(lane, bounds) ? from : -1;
    }

    private static int most(int lane, int bounds) {
        int segment = bounds >>> 8 & 31;
        return (lane & segment) | (bounds & 31 & ~segment);
    }

    private static Step vote(Coding c) {
        c.takeOne("sync");
        String mode = c.takeOne("all", "any", "uni", "ballot");
        c.takeType();
        c.done(3);
        Condition a = c.condition(1);
        int named = c.intSource(2, PtxType.B32);
        if (mode.equals("ballot")) {
            int d = c.narrow(0);
            return (warp, lanes) -> {
                int ballot = a.lanes(warp) & members(warp, lanes, named);
                Arrays.fill(warp.target(d, lanes), ballot);
                warp.keep(d, lanes);
            };
        }
        int d = c.predicate(0);
        return (warp, lanes) -> {
            int members = members(warp, lanes, named);
            int yes = a.lanes(warp) & members;
            boolean result = switch (mode) {
                case "all" -> yes == members;
                case "any" -> yes != 0;
                default -> yes == members || yes == 0;
            };
            warp.keepPredicate(d, lanes, result ? Lanes.ALL : 0);
        };
    }

    private static Step match(Coding c) {
        boolean all = c.takeOne("all", "any").equals("all");
        c.takeOne("sync");
        PtxType type = c.takeType();
        c.done(3);
        Operand first = c.operand(0) instanceof Operand.Pair(Operand d, Operand p) ? d : c.operand(0);
        int same = c.operand(0) instanceof Operand.Pair(Operand d, Operand p)
                ? c.predicate(p)
                : c.slots().freshPredicate();
        int d = c.narrow(first);
        Place a = c.place(c.operand(1), type);
        int named = c.intSource(2, PtxType.B32);
        return (warp, lanes) -> {
            int members = members(warp, lanes, named);
            int[] results = new int[Lanes.COUNT];
            for (int rest = lanes; rest != 0; rest &= rest - 1) {
                int lane = Integer.numberOfTrailingZeros(rest);
                for (int others = lanes; others != 0; others &= others - 1) {
                    int other = Integer.numberOfTrailingZeros(others);
                    results[lane] |= a.get(warp, lane) == a.get(warp, other) ? 1 << other : 0;
                }
            }
            boolean equal = results[Integer.numberOfTrailingZeros(lanes)] == members;
            for (int rest = lanes; rest != 0; rest &= rest - 1) {
                int lane = Integer.numberOfTrailingZeros(rest);
                warp.ints[d][lane] = !all ? results[lane] : equal ? members : 0;
            }
            warp.keepPredicate(same, lanes, equal ? Lanes.ALL : 0);
        };
    }

    private static Step reduce(Coding c) {
        c.takeOne("sync");
        String operation = c.takeOne("add", "min", "max", "and", "or", "xor");
        PtxType type = c.takeType();
        c.done(3);
        if (type.bits() != 32 || !type.integer()) {
            throw c.error("not on ." + type.modifier());
        }
        Lanes.OfLong2 combine = AtomicInstructions.integer(operation, type, c);
        int d = c.narrow(0);
        int a = c.intSource(1, type);
        int named = c.intSource(2, PtxType.B32);
        return (warp, lanes) -> {
            members(warp, lanes, named);
            int[] column = warp.ints[a];
            int first = Integer.numberOfTrailingZeros(lanes);
            long result = column[first];
            for (int rest = lanes & lanes - 1; rest != 0; rest &= rest - 1) {
                result = combine.apply(result, column[Integer.numberOfTrailingZeros(rest)]);
            }
            Arrays.fill(warp.target(d, lanes), (int) result);
            warp.keep(d, lanes);
        };
    }

    private static Step elect(Coding c) {
        c.takeOne("sync");
        c.done(2);
        if (!(c.operand(0) instanceof Operand.Pair(Operand leader, Operand is))) {
            throw c.error("expected two results");
        }
        int d = c.narrow(leader);
        int p = c.predicate(is);
        int named = c.intSource(1, PtxType.B32);
        return (warp, lanes) -> {
            int first = Integer.numberOfTrailingZeros(members(warp, lanes, named));
            Arrays.fill(warp.target(d, lanes), first);
            warp.keep(d, lanes);
            warp.keepPredicate(p, lanes, 1 << first);
        };
    }
}
