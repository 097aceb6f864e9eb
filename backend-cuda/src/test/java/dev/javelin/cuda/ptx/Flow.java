package dev.javelin.cuda.ptx;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The basic blocks of a function, and where the sides of each branch meet again. A barrier ends a block too, since a warp may
 * have to stop there.
 *
 * @param starts the index of each block's first instruction, with the end of the function behind them
 * @param meetings the immediate post-dominator of each block: a block's number, or the count of blocks for the end
 */
record Flow(List<Integer> starts, List<Integer> meetings) {
    private static final Set<String> ENDINGS = Set.of("bra", "brx", "ret", "exit", "bar", "barrier");

    int blocks() {
        return starts.size() - 1;
    }

    int blockAt(int instruction) {
        return starts.indexOf(instruction);
    }

    /** Whether an instruction is the last one of its block. */
    static boolean ends(PtxInstruction instruction) {
        return ENDINGS.contains(instruction.opcode())
                && !instruction.modifiers().contains("warp");
    }

    static Flow of(PtxFunction function) {
        List<PtxInstruction> instructions = function.instructions();
        TreeSet<Integer> leaders = new TreeSet<>(function.labels().values());
        leaders.add(0);
        for (int i = 0; i < instructions.size(); i++) {
            if (ends(instructions.get(i))) {
                leaders.add(i + 1);
            }
        }
        leaders.add(instructions.size());
        List<Integer> starts = List.copyOf(leaders);
        List<List<Integer>> successors = new ArrayList<>();
        for (int i = 0; i + 1 < starts.size(); i++) {
            successors.add(successors(function, starts, i));
        }
        return new Flow(starts, meetings(successors));
    }

    private static List<Integer> successors(PtxFunction function, List<Integer> starts, int block) {
        PtxInstruction last = function.instructions().get(starts.get(block + 1) - 1);
        int end = starts.size() - 1;
        int next = block + 1;
        List<Integer> successors = new ArrayList<>();
        switch (last.opcode()) {
            case "bra" ->
                successors.add(starts.indexOf(
                        target(function.labels(), last, last.operands().getFirst())));
            case "brx" -> {
                for (String label : targets(function, last)) {
                    successors.add(starts.indexOf(target(function.labels(), last, new Operand.Symbol(label, 0))));
                }
            }
            case "ret", "exit" -> successors.add(end);
            default -> successors.add(next);
        }
        if (last.guard() != null && !successors.contains(next)) {
            successors.add(next);
        }
        return successors;
    }

    static List<String> targets(PtxFunction function, PtxInstruction branch) {
        List<String> targets =
                branch.operands().getLast() instanceof Operand.Symbol(String name, long offset) && offset == 0
                        ? function.targets().get(name)
                        : null;
        if (targets == null) {
            throw new PtxException(branch.line(), "no list of targets in '" + branch.name() + "'");
        }
        return targets;
    }

    static int target(Map<String, Integer> labels, PtxInstruction branch, Operand operand) {
        Integer target = operand instanceof Operand.Symbol symbol ? labels.get(symbol.name()) : null;
        if (target == null) {
            throw new PtxException(branch.line(), "unknown label " + operand + " in '" + branch.name() + "'");
        }
        return target;
    }

    /** Post-dominators by going round until nothing changes. */
    private static List<Integer> meetings(List<List<Integer>> successors) {
        int end = successors.size();
        List<BitSet> sets = new ArrayList<>();
        for (int i = 0; i <= end; i++) {
            BitSet all = new BitSet();
            all.set(0, end + 1);
            sets.add(all);
        }
        sets.get(end).clear(0, end);
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int i = end - 1; i >= 0; i--) {
                BitSet meet = new BitSet();
                meet.set(0, end + 1);
                successors.get(i).forEach(next -> meet.and(sets.get(next)));
                meet.set(i);
                changed |= !meet.equals(sets.get(i));
                sets.set(i, meet);
            }
        }
        List<Integer> meetings = new ArrayList<>();
        for (int i = 0; i < end; i++) {
            meetings.add(nearest(sets, i, end));
        }
        return List.copyOf(meetings);
    }

    /** Of the post-dominators of a block the one that all others post-dominate. */
    private static int nearest(List<BitSet> sets, int block, int end) {
        int wanted = sets.get(block).cardinality() - 1;
        return sets.get(block).stream()
                .filter(other -> other != block && sets.get(other).cardinality() == wanted)
                .findFirst()
                .orElse(end);
    }
}
