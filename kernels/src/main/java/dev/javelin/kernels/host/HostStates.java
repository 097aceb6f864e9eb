package dev.javelin.kernels.host;

import dev.javelin.api.StateSpec;
import dev.javelin.api.StateStore;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Blocks of sequence state in host memory, kept in their exported form. */
final class HostStates extends Opening implements StateStore {
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
            MemorySegment source = block(group, block);
            requireSize(source, to);
            to.copyFrom(source);
        });
    }

    @Override
    public void importBlock(int group, int block, MemorySegment from) {
        device.exclusively(() -> {
            MemorySegment target = block(group, block);
            requireSize(target, from);
            target.copyFrom(from);
        });
    }

    private MemorySegment block(int group, int block) {
        requireOpen();
        if (group < 0 || group >= spec.groups().size()) {
            throw new IllegalArgumentException("the state has no such group: group=%d, groups=%d"
                    .formatted(group, spec.groups().size()));
        }
        StateSpec.Blocks blocks = spec.groups().get(group);
        if (block < 0 || block >= blocks.count()) {
            throw new IllegalArgumentException("the group has no such block: group=%s, block=%d, blocks=%d"
                    .formatted(blocks.group().name(), block, blocks.count()));
        }
        long bytes = blocks.group().blockBytes(spec.blockTokens());
        return groups.get(group).asSlice(block * bytes, bytes);
    }

    private static void requireSize(MemorySegment block, MemorySegment host) {
        if (host.byteSize() != block.byteSize()) {
            throw new IllegalArgumentException("the memory must be as large as a block: bytes=%d, blockBytes=%d"
                    .formatted(host.byteSize(), block.byteSize()));
        }
    }
}
