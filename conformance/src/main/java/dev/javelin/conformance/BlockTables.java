package dev.javelin.conformance;

import dev.javelin.api.StateSpec;
import dev.javelin.api.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Which block holds which tokens of which sequence: blocks are given out in random order, so that no table is in order by
 * chance. For one thread.
 */
final class BlockTables {

    private final StateSpec spec;
    private final List<List<Integer>> free = new ArrayList<>();
    private final List<Map<Integer, List<Integer>>> tables = new ArrayList<>();

    BlockTables(StateSpec spec, long seed) {
        this.spec = spec;
        SplittableRandom random = new SplittableRandom(seed);
        for (StateSpec.Blocks blocks : spec.groups()) {
            List<Integer> shuffled = new ArrayList<>();
            for (int block = 0; block < blocks.count(); block++) {
                shuffled.add(random.nextInt(block + 1), block);
            }
            free.add(shuffled);
            tables.add(new HashMap<>());
        }
    }

    /** The blocks of a sequence in order, enough for so many tokens. */
    List<Integer> ensure(int group, int sequence, int tokens) {
        List<Integer> table = tables.get(group).computeIfAbsent(sequence, fresh -> new ArrayList<>());
        while (table.size() < spec.blocksFor(tokens)) {
            if (free.get(group).isEmpty()) {
                throw new IllegalStateException("the case has too few blocks: group=" + group + ", spec=" + spec);
            }
            table.add(free.get(group).removeLast());
        }
        return table;
    }

    /** A block to copy from and one to copy to, or nothing where only whole blocks are shared. */
    int[] fork(int group, Turn.Fork fork) {
        List<Integer> from = ensure(group, fork.from(), fork.length());
        int whole = fork.length() / spec.blockTokens();
        tables.get(group).put(fork.to(), new ArrayList<>(from.subList(0, whole)));
        if (fork.length() % spec.blockTokens() == 0) {
            return new int[0];
        }
        return new int[] {
            from.get(whole), ensure(group, fork.to(), fork.length()).get(whole)
        };
    }

    /** The block and the place in it of a token. */
    int[] place(int group, int sequence, int kvIndex) {
        int block = ensure(group, sequence, kvIndex + 1).get(kvIndex / spec.blockTokens());
        return new int[] {block, kvIndex % spec.blockTokens()};
    }

    /** Fills in the blocks of the sequence begun last; those wholly behind a window are left out. */
    void write(Step step, Turn.Part part) {
        int end = part.kvFrom() + part.tokens().size();
        for (int group = 0; group < spec.groups().size(); group++) {
            int seenFrom = spec.groups().get(group).group().seenFrom(part.kvFrom());
            List<Integer> table = ensure(group, part.sequence(), end);
            for (int i = seenFrom / spec.blockTokens(); i < spec.blocksFor(end); i++) {
                step.setBlock(group, i, table.get(i));
            }
        }
    }

    @Override
    public String toString() {
        return "tables=" + tables + ", free="
                + Arrays.toString(free.stream().mapToInt(List::size).toArray());
    }
}
