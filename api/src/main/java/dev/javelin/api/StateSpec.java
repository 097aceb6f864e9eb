package dev.javelin.api;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How much sequence state to keep: numbered blocks of the same number of tokens, for each group.
 *
 * <p>Which block belongs to which sequence is the caller's business alone; each {@link Step} says it anew.
 *
 * @param blockTokens tokens of a block
 */
public record StateSpec(int blockTokens, List<Blocks> groups) {

    /** The blocks of one group, numbered from 0. */
    public record Blocks(StateGroup group, int count) {
        public Blocks {
            Check.that(count > 0, "a group needs blocks: group=%s, count=%d", group.name(), count);
        }
    }

    public StateSpec {
        groups = List.copyOf(groups);
        Check.that(blockTokens > 0, "blockTokens must be positive: blockTokens=%d", blockTokens);
        Check.that(!groups.isEmpty(), "a state needs at least one group");
        Set<String> names = new HashSet<>();
        for (Blocks blocks : groups) {
            Check.that(
                    names.add(blocks.group().name()),
                    "groups need different names: group=%s",
                    blocks.group().name());
        }
        try {
            bytes(blockTokens, groups);
        } catch (ArithmeticException tooLarge) {
            throw new IllegalArgumentException(
                    "the bytes of a state must fit 63 bits: blockTokens=%d, groups=%s".formatted(blockTokens, groups));
        }
    }

    /** The place of the group in the block tables of a step. */
    public int indexOf(StateGroup group) {
        for (int i = 0; i < groups.size(); i++) {
            if (groups.get(i).group().equals(group)) {
                return i;
            }
        }
        throw new IllegalArgumentException("the state has no such group: group=%s, state=%s".formatted(group, this));
    }

    /** Blocks that a sequence of that many tokens takes in one group. */
    public int blocksFor(int tokens) {
        return Math.ceilDiv(tokens, blockTokens);
    }

    /** Bytes of all blocks in their exported form. */
    public long bytes() {
        return bytes(blockTokens, groups);
    }

    /** Whether a block table means the same in both: same blocks, same groups in the same order. Allocates nothing. */
    boolean sameTables(StateSpec other) {
        if (blockTokens != other.blockTokens || groups.size() != other.groups.size()) {
            return false;
        }
        for (int i = 0; i < groups.size(); i++) {
            if (!groups.get(i).group().name().equals(other.groups.get(i).group().name())) {
                return false;
            }
        }
        return true;
    }

    private static long bytes(int blockTokens, List<Blocks> groups) {
        long bytes = 0;
        for (Blocks blocks : groups) {
            bytes = Math.addExact(
                    bytes, Math.multiplyExact(blocks.group().blockBytes(blockTokens), (long) blocks.count()));
        }
        return bytes;
    }
}
