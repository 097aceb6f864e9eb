package dev.javelin.kernels.reference;

import dev.javelin.api.Format;
import dev.javelin.api.KvGroup;
import dev.javelin.api.Step;
import dev.javelin.kernels.format.Codec;
import dev.javelin.kernels.format.Codecs;
import dev.javelin.kernels.host.PlanMemory;
import java.lang.foreign.MemorySegment;

/** The keys, or the values, of one layer as the blocks of its group hold them. */
final class KvRows {
    private final MemorySegment blocks;
    private final int group;
    private final int blockTokens;
    private final long blockBytes;
    private final long first; // byte within a block
    private final long tokenBytes;
    private final long headBytes;
    private final int headSize;
    private final Codec codec;

    static KvRows keys(KvGroup group, int layer, PlanMemory<?> memory) {
        return new KvRows(group, layer, 0, group.keyFormat(), group.keySize(), memory);
    }

    static KvRows values(KvGroup group, int layer, PlanMemory<?> memory) {
        return new KvRows(group, layer, group.keyBytes(), group.valueFormat(), group.valueSize(), memory);
    }

    /**
     * The rows of one kind.
     *
     * @param before bytes a token that the same layer keeps before these rows
     */
    private KvRows(KvGroup group, int layer, long before, Format format, int headSize, PlanMemory<?> memory) {
        this.blocks = memory.blocks(group);
        this.group = memory.groupIndex(group);
        this.blockTokens = memory.blockTokens();
        this.blockBytes = group.blockBytes(blockTokens);
        this.first = (layer * (group.keyBytes() + group.valueBytes()) + before) * blockTokens;
        this.headBytes = format.bytes(headSize);
        this.tokenBytes = group.kvHeads() * headBytes;
        this.headSize = headSize;
        this.codec = Codecs.of(format);
    }

    /** Keeps the row of all heads of a token. */
    void write(Step step, int sequence, int kvIndex, float[] row) {
        codec.encode(row, 0, row.length, blocks, at(step, sequence, kvIndex));
    }

    /** Reads the row of one head. */
    void read(Step step, int sequence, int kvIndex, int head, float[] row) {
        codec.decode(blocks, at(step, sequence, kvIndex) + head * headBytes, row, 0, headSize);
    }

    private long at(Step step, int sequence, int kvIndex) {
        long block = step.block(group, sequence, kvIndex / blockTokens);
        return block * blockBytes + first + kvIndex % blockTokens * tokenBytes;
    }
}
