package dev.javelin.conformance;

import dev.javelin.api.Format;
import dev.javelin.kernels.format.BlockScales;
import dev.javelin.kernels.format.Codec;
import dev.javelin.kernels.format.Codecs;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;

/**
 * Random weights in any format: all bits of a block are random but for its scales, which are set so that the largest weight
 * is around 1. So every code of the format occurs, and no weight is infinite. For one thread.
 */
final class RandomBlocks {

    private final Codec codec;
    private final BlockScales scales;
    private final SplittableRandom random;
    private final float[] decoded;

    private RandomBlocks(Format format, SplittableRandom random) {
        this.codec = Codecs.of(format);
        this.scales = BlockScales.of(format);
        this.random = random;
        this.decoded = new float[format.blockLength()];
    }

    /** So many elements, a multiple of the block length. */
    static byte[] of(Format format, long elements, SplittableRandom random) {
        byte[] bytes = new byte[Math.toIntExact(format.bytes(elements))];
        MemorySegment memory = MemorySegment.ofArray(bytes);
        RandomBlocks blocks = new RandomBlocks(format, random);
        for (long at = 0; at < bytes.length; at += format.blockBytes()) {
            blocks.fill(memory.asSlice(at, format.blockBytes()));
        }
        return bytes;
    }

    private void fill(MemorySegment block) {
        if (scales.count() == 0) {
            encode(block);
        } else {
            scaled(block);
        }
    }

    private void encode(MemorySegment block) {
        for (int i = 0; i < decoded.length; i++) {
            decoded[i] = (float) random.nextGaussian() / 2;
        }
        codec.encode(decoded, 0, decoded.length, block, 0);
    }

    private void bits(MemorySegment block) {
        for (long at = 0; at < block.byteSize(); at++) {
            block.set(ValueLayout.JAVA_BYTE, at, (byte) random.nextInt());
        }
    }

    /** Draws all bits, gives the scales the value of 1 and its like, and brings them down by the largest weight found. */
    private void scaled(MemorySegment block) {
        bits(block);
        float[] values = new float[scales.count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat(0.5f, 1) * (random.nextBoolean() ? 1 : -1);
            scales.set(block, 0, i, values[i]);
        }
        float factor = factor(block);
        for (int i = 0; i < values.length; i++) {
            scales.set(block, 0, i, values[i] * factor);
        }
    }

    private float factor(MemorySegment block) {
        codec.decode(block, 0, decoded, 0, decoded.length);
        float most = 0;
        for (float weight : decoded) {
            most = Math.max(most, Math.abs(weight));
        }
        return most == 0 ? 1 : random.nextFloat(0.5f, 2) / most;
    }
}
