package dev.javelin.cpu;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Bits of the vectors that a device calculates with. Names nothing of the vector module, so it may always be loaded. */
enum VectorWidth {
    BITS_128(128),
    BITS_256(256),
    BITS_512(512);

    private final int bits;

    VectorWidth(int bits) {
        this.bits = bits;
    }

    /** The width of that many bits. */
    static VectorWidth ofBits(int bits) {
        return Arrays.stream(values())
                .filter(width -> width.bits == bits)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the width must be one of %s: width=%d"
                        .formatted(
                                Arrays.stream(values())
                                        .map(width -> Integer.toString(width.bits))
                                        .collect(Collectors.joining(", ")),
                                bits)));
    }

    int bits() {
        return bits;
    }

    /** Floats of a vector, which is also the rows of a panel. */
    int lanes() {
        return bits / Float.SIZE;
    }

    /** Bytes of a vector. */
    int bytes() {
        return bits / Byte.SIZE;
    }
}
