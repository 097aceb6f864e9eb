package dev.javelin.conformance;

import dev.javelin.api.Format;
import dev.javelin.kernels.format.Codec;
import dev.javelin.kernels.format.Codecs;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.SplittableRandom;

/**
 * Random weights in any format: all bits of a block are random but for its scales, which are set so that the largest weight
 * is around 1. So every code of the format occurs, and no weight is infinite. For one thread.
 */
final class RandomBlocks {

    private static final ValueLayout.OfShort F16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Format format;
    private final Codec codec;
    private final SplittableRandom random;
    private final float[] decoded;

    private RandomBlocks(Format format, SplittableRandom random) {
        this.format = format;
        this.codec = Codecs.of(format);
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
        switch (format) {
            case F32, F16, BF16, Q8_K -> encode(block);
            case Q4_0, Q5_0, Q8_0, IQ1_S, IQ2_XXS, IQ2_XS, IQ2_S, IQ3_XXS, IQ3_S, IQ4_NL, IQ4_XS, Q1_0, Q2_0 ->
                scaled(block, 0);
            case Q4_1, Q5_1, Q4_K, Q5_K -> scaled(block, 0, 2);
            case Q2_K -> scaled(block, 80, 82);
            case Q3_K -> scaled(block, 108);
            case Q6_K -> scaled(block, 208);
            case TQ1_0 -> scaled(block, 52);
            case TQ2_0 -> scaled(block, 64);
            case IQ1_M -> scattered(block);
            case MXFP4 -> {
                bits(block);
                block.set(ValueLayout.JAVA_BYTE, 0, (byte) (122 + random.nextInt(5)));
            }
            case NVFP4 -> {
                bits(block);
                for (int scale = 0; scale < 4; scale++) { // an 8-bit float from 1/16 to 1
                    block.set(ValueLayout.JAVA_BYTE, scale, (byte) (0x18 + random.nextInt(0x20)));
                }
            }
            case F64, I8, I16, I32, I64 ->
                throw new IllegalArgumentException("weights have no storage-only format: format=" + format);
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
    private void scaled(MemorySegment block, long... offsets) {
        bits(block);
        float[] scales = new float[offsets.length];
        for (int i = 0; i < scales.length; i++) {
            scales[i] = random.nextFloat(0.5f, 1) * (random.nextBoolean() ? 1 : -1);
            block.set(F16, offsets[i], Float.floatToFloat16(scales[i]));
        }
        float factor = factor(block);
        for (int i = 0; i < scales.length; i++) {
            block.set(F16, offsets[i], Float.floatToFloat16(scales[i] * factor));
        }
    }

    /** IQ1_M has its scale in the top bits of the four shorts at its end. */
    private void scattered(MemorySegment block) {
        bits(block);
        scatter(block, 1);
        scatter(block, factor(block) * (random.nextBoolean() ? 1 : -1));
    }

    private static void scatter(MemorySegment block, float scale) {
        int bits = Float.floatToFloat16(scale);
        for (int i = 0; i < 4; i++) {
            long at = 48 + 2L * i;
            block.set(F16, at, (short) ((block.get(F16, at) & 0x0FFF) | ((bits >> (4 * i)) & 0xF) << 12));
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
