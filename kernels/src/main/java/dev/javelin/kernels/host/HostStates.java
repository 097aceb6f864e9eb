package dev.javelin.kernels.host;

import dev.javelin.api.StateSpec;
import dev.javelin.api.StateStore;
import dev.javelin.kernels.device.BlockRules;
import dev.javelin.kernels.device.Openings;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Blocks of sequence state in host memory, kept in their exported form. */
final class HostStates extends HostOpening implements StateStore {
    private final Openings device;
    private final StateSpec spec;
    private final List<MemorySegment> groups = new ArrayList<>();

    HostStates(Openings device, StateSpec spec) {
        super(device, Kind.STATES, "sequence state", spec.bytes());
        this.device = device;
        this.spec = spec;
        try {
            for (StateSpec.Blocks blocks : spec.groups()) {
                groups.add(allocate(Math.multiplyExact(blocks.group().blockBytes(spec.blockTokens()), blocks.count())));
            }
        } catch (Throwable failed) {
            close();
            throw failed;
        }
    }

    /** All blocks of a group, one after the other. */
    MemorySegment blocks(int group) {
        return groups.get(group);
    }

    @Override
    public StateSpec spec() {
        return spec;
    }

    @Override
    public void copyBlock(int group, int from, int to) {
        device.exclusively(() -> {
            MemorySegment source = block(group, from);
            block(group, to).copyFrom(source);
        });
    }

    @Override
    public void exportBlock(int group, int block, MemorySegment to) {
        device.exclusively(() -> {
            requireOpen();
            BlockRules.require(spec, group, block, to);
            to.copyFrom(block(group, block));
        });
    }

    @Override
    public void importBlock(int group, int block, MemorySegment from) {
        device.exclusively(() -> {
            requireOpen();
            BlockRules.require(spec, group, block, from);
            block(group, block).copyFrom(from);
        });
    }

    private MemorySegment block(int group, int block) {
        requireOpen();
        long bytes = BlockRules.require(spec, group, block).group().blockBytes(spec.blockTokens());
        return groups.get(group).asSlice(block * bytes, bytes);
    }
}
