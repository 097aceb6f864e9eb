package dev.javelin.cuda.ptx;

import dev.javelin.cuda.ptx.Operand.Register;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the registers of a kernel lie in a {@link Warp}: columns of ints for up to 32 bits, columns of longs for 64, masks for
 * predicates. Constants and special registers are columns too, so that an operand is always a number of a column.
 */
final class Slots {
    private static final int[] OWN_INTS = {};
    private static final long[] OWN_LONGS = {};

    private final Map<Register, Integer> registers = new HashMap<>();
    private final Map<Integer, Integer> intConstants = new HashMap<>();
    private final Map<Long, Integer> longConstants = new HashMap<>();
    private final Map<SpecialRegister, Integer> specials = new HashMap<>();
    private final List<int[]> ints = new ArrayList<>();
    private final List<long[]> longs = new ArrayList<>();
    private int predicates;

    int of(Register register) {
        return registers.computeIfAbsent(register, fresh -> {
            if (fresh.type() == PtxType.PRED) {
                return predicates++;
            }
            if (fresh.type().wide()) {
                return newLongs(OWN_LONGS);
            }
            return newInts(OWN_INTS);
        });
    }

    int freshInts() {
        return newInts(OWN_INTS);
    }

    int freshLongs() {
        return newLongs(OWN_LONGS);
    }

    int freshPredicate() {
        return predicates++;
    }

    int constant(int bits) {
        return intConstants.computeIfAbsent(bits, fresh -> {
            int[] column = new int[Lanes.COUNT];
            Arrays.fill(column, fresh);
            return newInts(column);
        });
    }

    int constant(long bits) {
        return longConstants.computeIfAbsent(bits, fresh -> {
            long[] column = new long[Lanes.COUNT];
            Arrays.fill(column, fresh);
            return newLongs(column);
        });
    }

    int special(SpecialRegister register) {
        return specials.computeIfAbsent(register, fresh -> newInts(OWN_INTS));
    }

    private int newInts(int[] column) {
        ints.add(column);
        return ints.size() - 1;
    }

    private int newLongs(long[] column) {
        longs.add(column);
        return longs.size() - 1;
    }

    /** Columns for one warp; those of constants are the same for all warps. */
    int[][] openInts() {
        int[][] columns = new int[ints.size()][];
        for (int i = 0; i < columns.length; i++) {
            int[] column = ints.get(i);
            columns[i] = column.length == 0 ? new int[Lanes.COUNT] : column;
        }
        return columns;
    }

    long[][] openLongs() {
        long[][] columns = new long[longs.size()][];
        for (int i = 0; i < columns.length; i++) {
            long[] column = longs.get(i);
            columns[i] = column.length == 0 ? new long[Lanes.COUNT] : column;
        }
        return columns;
    }

    int[] openPredicates() {
        return new int[predicates];
    }

    Map<SpecialRegister, Integer> specials() {
        return specials;
    }
}
