package dev.javelin.kernels.gpu;

import dev.javelin.api.KvGroup;
import dev.javelin.api.StateGroup;
import dev.javelin.api.StateSpec;
import dev.javelin.api.StateStore;
import dev.javelin.kernels.device.BlockRules;
import dev.javelin.kernels.device.Openings;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Blocks of sequence state in memory of the device. The keys of one layer lie in one piece, block by block, and so do its values:
 * a kernel works on one layer, and a device may not give all layers in one piece. A block's exported form is a slice of each
 * piece, one after the other.
 */
final class GpuStates extends GpuOpening implements StateStore {

    /** The keys or the values of one layer. */
    private record Piece(long memory, long blockBytes) {}

    private final StateSpec spec;
    private final Transfers transfers;
    private final List<List<Piece>> groups =
            new ArrayList<>(); // keys, values, keys, values: in the order of the exported form

    /** With the device's lock held. */
    GpuStates(Openings owner, GpuDriver driver, Transfers transfers, StateSpec spec) {
        super(owner, driver, Kind.STATES, "sequence state", spec.bytes());
        this.spec = spec;
        this.transfers = transfers;
        try {
            for (StateSpec.Blocks blocks : spec.groups()) {
                groups.add(
                        switch (blocks.group()) {
                            case KvGroup group -> pieces(group, blocks.count());
                        });
            }
        } catch (Throwable failed) {
            close();
            throw failed;
        }
    }

    private List<Piece> pieces(KvGroup group, int count) {
        List<Piece> pieces = new ArrayList<>();
        for (int layer = 0; layer < group.layers(); layer++) {
            for (long tokenBytes : new long[] {group.keyBytes(), group.valueBytes()}) {
                long blockBytes = tokenBytes * spec.blockTokens();
                pieces.add(new Piece(allocateZeros(blockBytes * count), blockBytes));
            }
        }
        return pieces;
    }

    /** All keys of a layer. */
    long keys(StateGroup group, int layer) {
        return groups.get(spec.indexOf(group)).get(2 * layer).memory();
    }

    /** All values of a layer. */
    long values(StateGroup group, int layer) {
        return groups.get(spec.indexOf(group)).get(2 * layer + 1).memory();
    }

    @Override
    public StateSpec spec() {
        return spec;
    }

    @Override
    public void copyBlock(int group, int from, int to) {
        owner().exclusively(() -> {
            requireOpen();
            BlockRules.require(spec, group, from);
            BlockRules.require(spec, group, to);
            if (from != to) {
                for (Piece piece : groups.get(group)) {
                    long bytes = piece.blockBytes();
                    driver().copy(piece.memory(), from * bytes, piece.memory(), to * bytes, bytes);
                }
                driver().flush();
            }
        });
    }

    @Override
    public void exportBlock(int group, int block, MemorySegment to) {
        each(group, block, to, transfers::read);
    }

    @Override
    public void importBlock(int group, int block, MemorySegment from) {
        each(group, block, from, transfers::write);
    }

    @FunctionalInterface
    private interface Copy {
        void part(long memory, long offset, MemorySegment host);
    }

    private void each(int group, int block, MemorySegment host, Copy copy) {
        owner().exclusively(() -> {
            requireOpen();
            BlockRules.require(spec, group, block, host);
            long at = 0;
            for (Piece piece : groups.get(group)) {
                copy.part(piece.memory(), block * piece.blockBytes(), host.asSlice(at, piece.blockBytes()));
                at += piece.blockBytes();
            }
        });
    }
}
