package dev.javelin.kernels.device;

import dev.javelin.api.StateSpec;
import java.lang.foreign.MemorySegment;

/** Which blocks there are in a state, and how large host memory for one has to be. */
public final class BlockRules {
    private BlockRules() {}

    /**
     * The blocks of a group that has that block.
     *
     * @throws IllegalArgumentException if the state has no such group, or that no such block
     */
    public static StateSpec.Blocks require(StateSpec spec, int group, int block) {
        if (group < 0 || group >= spec.groups().size()) {
            throw new IllegalArgumentException("the state has no such group: group=%d, groups=%d"
                    .formatted(group, spec.groups().size()));
        }
        StateSpec.Blocks blocks = spec.groups().get(group);
        if (block < 0 || block >= blocks.count()) {
            throw new IllegalArgumentException("the group has no such block: group=%s, block=%d, blocks=%d"
                    .formatted(blocks.group().name(), block, blocks.count()));
        }
        return blocks;
    }

    /**
     * The blocks of a group that has that block, if the host memory is as large as one.
     *
     * @throws IllegalArgumentException if not, too
     */
    public static StateSpec.Blocks require(StateSpec spec, int group, int block, MemorySegment host) {
        StateSpec.Blocks blocks = require(spec, group, block);
        long bytes = blocks.group().blockBytes(spec.blockTokens());
        if (host.byteSize() != bytes) {
            throw new IllegalArgumentException("the memory must be as large as a block: bytes=%d, blockBytes=%d"
                    .formatted(host.byteSize(), bytes));
        }
        return blocks;
    }
}
