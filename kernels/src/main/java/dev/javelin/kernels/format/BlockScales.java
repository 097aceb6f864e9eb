package dev.javelin.kernels.format;

import dev.javelin.api.Format;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * The numbers in the blocks of a format that say how large its weights are. All else in a block may be any bits at all, so
 * that whoever wants random weights fills blocks with random bits and then sets these.
 *
 * <p>Immutable, usable from any thread.
 */
public final class BlockScales {

    /** How a scale is written. */
    @FunctionalInterface
    private interface Field {
        void set(MemorySegment data, long at, float scale);
    }

    private final Format format;
    private final Field field;
    private final int[] offsets;

    private BlockScales(Format format, Field field, int... offsets) {
        this.format = format;
        this.field = field;
        this.offsets = offsets;
    }

    /** The scales of {@code format}; none if it has no such blocks. */
    public static BlockScales of(Format format) {
        return switch (format) {
            // The sums in a block of Q8_K depend on its quants, so that those are not free.
            case F32, F16, BF16, Q8_K, F64, I8, I16, I32, I64 -> new BlockScales(format, LittleEndian::setF32);
            case Q4_0, Q5_0, Q8_0, IQ1_S, IQ2_XXS, IQ2_XS, IQ2_S, IQ3_XXS, IQ3_S, IQ4_NL, IQ4_XS, Q1_0, Q2_0 ->
                halves(format, 0);
            case Q4_1, Q5_1, Q4_K, Q5_K -> halves(format, 0, 2);
            case Q2_K -> halves(format, 80, 82);
            case Q3_K -> halves(format, 108);
            case Q6_K -> halves(format, 208);
            case TQ1_0 -> halves(format, 52);
            case TQ2_0 -> halves(format, 64);
            case IQ1_M -> new BlockScales(format, IQ1_MCodec::setScale, 48);
            case MXFP4 -> new BlockScales(format, MXFP4Codec::setScale, 0);
            case NVFP4 -> new BlockScales(format, NVFP4Codec::setScale, 0, 1, 2, 3);
        };
    }

    private static BlockScales halves(Format format, int... offsets) {
        return new BlockScales(format, LittleEndian::setF16, offsets);
    }

    /**
     * How many there are: none, one for all weights, one for each part of the block, or one for the weights and another for
     * what is added to or subtracted from them.
     */
    public int count() {
        return offsets.length;
    }

    /** Whether a scale can be negative; where not, its sign is dropped. */
    public boolean signed() {
        return format != Format.MXFP4 && format != Format.NVFP4;
    }

    /**
     * Sets scale {@code index} of the block at byte {@code block}, rounded to what the format can hold.
     *
     * @throws IndexOutOfBoundsException if there is no such scale, or the memory ends before it
     */
    public void set(MemorySegment data, long block, int index, float scale) {
        field.set(data, block + offsets[Objects.checkIndex(index, offsets.length)], scale);
    }

    @Override
    public String toString() {
        return "scales of " + format;
    }
}
