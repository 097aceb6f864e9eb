package dev.javelin.cpu;

import dev.javelin.api.Format;
import dev.javelin.api.KvGroup;
import dev.javelin.api.Step;
import dev.javelin.kernels.host.PlanMemory;
import java.lang.foreign.MemorySegment;

/**
 * Where the keys, or the values, of one layer lie in the blocks of their group.
 *
 * @param groupIndex in the block tables of a step
 * @param first byte within a block of the first row of this layer
 * @param tokenBytes of all heads of a token
 */
record KvRows(
        MemorySegment blocks,
        int groupIndex,
        int blockTokens,
        long blockBytes,
        long first,
        long tokenBytes,
        Format format,
        int headSize) {

    static KvRows keys(KvGroup group, int layer, PlanMemory<?> memory) {
        return of(group, layer, 0, group.keyBytes(), group.keyFormat(), group.keySize(), memory);
    }

    static KvRows values(KvGroup group, int layer, PlanMemory<?> memory) {
        return of(group, layer, group.keyBytes(), group.valueBytes(), group.valueFormat(), group.valueSize(), memory);
    }

    private static KvRows of(
            KvGroup group, int layer, long before, long tokenBytes, Format format, int headSize, PlanMemory<?> memory) {
        int blockTokens = memory.blockTokens();
        long layerBytes = (group.keyBytes() + group.valueBytes()) * blockTokens;
        return new KvRows(
                memory.blocks(group),
                memory.groupIndex(group),
                blockTokens,
                group.blockBytes(blockTokens),
                layer * layerBytes + before * blockTokens,
                tokenBytes,
                format,
                headSize);
    }

    /** Where the row of all heads of a token begins. */
    long at(Step step, int sequence, int kvIndex) {
        long block = step.block(groupIndex, sequence, kvIndex / blockTokens);
        return block * blockBytes + first + kvIndex % blockTokens * tokenBytes;
    }

    /** Bytes of one head of a token. */
    long headBytes() {
        return format.bytes(headSize);
    }
}
