package dev.javelin.cuda.ptx;

import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The fundamental and packed types of PTX. */
enum PtxType {
    PRED(Kind.PREDICATE, 1),
    B8(Kind.BITS, 8),
    B16(Kind.BITS, 16),
    B32(Kind.BITS, 32),
    B64(Kind.BITS, 64),
    U8(Kind.UNSIGNED, 8),
    U16(Kind.UNSIGNED, 16),
    U32(Kind.UNSIGNED, 32),
    U64(Kind.UNSIGNED, 64),
    S8(Kind.SIGNED, 8),
    S16(Kind.SIGNED, 16),
    S32(Kind.SIGNED, 32),
    S64(Kind.SIGNED, 64),
    F16(Kind.FLOAT, 16),
    F32(Kind.FLOAT, 32),
    F64(Kind.FLOAT, 64),
    BF16(Kind.FLOAT, 16),
    TF32(Kind.FLOAT, 32),
    F16X2(Kind.PACKED, 32),
    BF16X2(Kind.PACKED, 32);

    enum Kind {
        PREDICATE,
        BITS,
        UNSIGNED,
        SIGNED,
        FLOAT,
        PACKED
    }

    private static final Map<String, PtxType> NAMED =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(PtxType::modifier, Function.identity()));

    private final Kind kind;
    private final int bits;

    PtxType(Kind kind, int bits) {
        this.kind = kind;
        this.bits = bits;
    }

    static @Nullable PtxType named(String modifier) {
        return NAMED.get(modifier);
    }

    String modifier() {
        return name().toLowerCase(Locale.ROOT);
    }

    int bits() {
        return bits;
    }

    int bytes() {
        return Math.max(1, bits / 8);
    }

    boolean signed() {
        return kind == Kind.SIGNED;
    }

    /** Whether it is added and compared as an integer; bits are, as unsigned ones. */
    boolean integer() {
        return kind == Kind.SIGNED || kind == Kind.UNSIGNED || kind == Kind.BITS;
    }

    boolean floating() {
        return kind == Kind.FLOAT;
    }

    boolean packed() {
        return kind == Kind.PACKED;
    }

    /** Whether a register of this type is a column of longs. */
    boolean wide() {
        return bits == 64;
    }
}
