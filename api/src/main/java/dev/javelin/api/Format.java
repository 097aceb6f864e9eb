package dev.javelin.api;

import java.util.Locale;

/**
 * How the numbers of a tensor are laid out in memory: plain elements, or blocks of elements that share scales.
 *
 * <p>The constants are the element types of GGUF files, with the numeric ids that those files use. A format says nothing
 * about speed: which of them a device multiplies fast is the device's own affair. Immutable, usable from any thread.
 */
public enum Format {
    F32(0, 1, 4),
    F16(1, 1, 2),
    BF16(30, 1, 2),

    Q4_0(2, 32, 18),
    Q4_1(3, 32, 20),
    Q5_0(6, 32, 22),
    Q5_1(7, 32, 24),
    Q8_0(8, 32, 34),

    Q2_K(10, 256, 84),
    Q3_K(11, 256, 110),
    Q4_K(12, 256, 144),
    Q5_K(13, 256, 176),
    Q6_K(14, 256, 210),
    Q8_K(15, 256, 292),

    IQ1_S(19, 256, 50),
    IQ1_M(29, 256, 56),
    IQ2_XXS(16, 256, 66),
    IQ2_XS(17, 256, 74),
    IQ2_S(22, 256, 82),
    IQ3_XXS(18, 256, 98),
    IQ3_S(21, 256, 110),
    IQ4_NL(20, 32, 18),
    IQ4_XS(23, 256, 136),

    TQ1_0(34, 256, 54),
    TQ2_0(35, 256, 66),
    Q1_0(41, 128, 18),
    Q2_0(42, 64, 18),

    MXFP4(39, 32, 17),
    NVFP4(40, 64, 36),

    F64(28, 1, 8),
    I8(24, 1, 1),
    I16(25, 1, 2),
    I32(26, 1, 4),
    I64(27, 1, 8);

    private final int ggufId;
    private final int blockLength;
    private final int blockBytes;

    Format(int ggufId, int blockLength, int blockBytes) {
        this.ggufId = ggufId;
        this.blockLength = blockLength;
        this.blockBytes = blockBytes;
    }

    /**
     * The format that a GGUF file means by {@code id}.
     *
     * @throws UnsupportedFormatException if the id is retired, belongs to a fork of the format, is meant for activations
     *     only, or is unknown; the message names the format where it is known, and the remedy
     */
    public static Format ofGgufId(int id) {
        for (Format format : values()) {
            if (format.ggufId == id) {
                return format;
            }
        }
        throw UnsupportedFormatException.ofGgufId(id);
    }

    /** The number by which GGUF files name this format. */
    public int ggufId() {
        return ggufId;
    }

    /** Elements per block; 1 where every element stands alone. */
    public int blockLength() {
        return blockLength;
    }

    /** Bytes per block. */
    public int blockBytes() {
        return blockBytes;
    }

    /** Bits per element, the block's scales included. */
    public double bitsPerElement() {
        return 8.0 * blockBytes / blockLength;
    }

    /** Whether tensors of this format are only stored and read: they cannot be weights of an operation. */
    public boolean storageOnly() {
        return switch (this) {
            case F64, I8, I16, I32, I64 -> true;
            default -> false;
        };
    }

    /**
     * The bytes that {@code elements} contiguous elements take.
     *
     * @throws IllegalArgumentException if {@code elements} is negative, not a whole number of blocks, or so large that the
     *     size in bytes does not fit a {@code long}
     */
    public long bytes(long elements) {
        if (elements < 0) {
            throw new IllegalArgumentException("elements must be >= 0: elements=" + elements + ", format=" + this);
        }
        if (elements % blockLength != 0) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "elements must be a multiple of the block length: elements=%d, format=%s, blockLength=%d",
                    elements,
                    this,
                    blockLength));
        }
        long blocks = elements / blockLength;
        if (blocks > Long.MAX_VALUE / blockBytes) {
            throw new IllegalArgumentException(
                    "the size in bytes must fit 63 bits: elements=" + elements + ", format=" + this);
        }
        return blocks * blockBytes;
    }
}
