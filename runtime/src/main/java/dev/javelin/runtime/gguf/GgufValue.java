package dev.javelin.runtime.gguf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The value of a metadata key. Numbers are read when the file is opened, strings and arrays when they are asked for. */
sealed interface GgufValue {

    /** {@link GgufType#ARRAY} for both kinds of array. */
    GgufType type();

    /**
     * A number or a truth value.
     *
     * @param bits an integer, extended to 64 bits as its type says; the bits of a double; or 0 and 1
     */
    record Scalar(GgufType type, long bits) implements GgufValue {

        double number() {
            return type.floating() ? Double.longBitsToDouble(bits) : unsignedLong() ? unsigned(bits) : bits;
        }

        /** Whether an integer fits a {@code long}. */
        boolean fitsLong() {
            return !unsignedLong() || bits >= 0;
        }

        private boolean unsignedLong() {
            return type == GgufType.UINT64;
        }

        private static double unsigned(long bits) {
            return bits >= 0 ? bits : 2.0 * ((bits >>> 1) | (bits & 1)); // the odd bit keeps the rounding right
        }
    }

    /** One string. */
    record Text(MemorySegment bytes) implements GgufValue {

        @Override
        public GgufType type() {
            return GgufType.STRING;
        }

        String decode() {
            return new String(bytes.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
        }
    }

    /** Numbers or truth values, one after another. */
    record Numbers(GgufType element, int size, MemorySegment bytes, ByteOrder order) implements GgufValue {

        @Override
        public GgufType type() {
            return GgufType.ARRAY;
        }

        Scalar get(int index) {
            return scalar(element, bytes, (long) index * element.leastBytes(), order);
        }
    }

    /** Strings, one after another. */
    record Texts(GgufStrings strings) implements GgufValue {

        @Override
        public GgufType type() {
            return GgufType.ARRAY;
        }
    }

    /** Reads the number at {@code offset}. */
    static Scalar scalar(GgufType type, MemorySegment bytes, long offset, ByteOrder order) {
        long bits = switch (type) {
            case INT8 -> bytes.get(ValueLayout.JAVA_BYTE, offset);
            case UINT8, BOOL -> bytes.get(ValueLayout.JAVA_BYTE, offset) & 0xFF;
            case INT16 -> bytes.get(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order), offset);
            case UINT16 -> bytes.get(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order), offset) & 0xFFFF;
            case INT32 -> bytes.get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(order), offset);
            case UINT32 -> bytes.get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(order), offset) & 0xFFFF_FFFFL;
            case INT64, UINT64 -> bytes.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order), offset);
            case FLOAT32 ->
                Double.doubleToRawLongBits(bytes.get(ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(order), offset));
            case FLOAT64 -> bytes.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order), offset);
            case STRING, ARRAY -> throw new IllegalArgumentException("the type must be a number: type=" + type);
        };
        return new Scalar(type, bits);
    }
}
