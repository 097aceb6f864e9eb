package dev.javelin.runtime.gguf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** The value of a metadata key: a number, or where in the header a string or an array lies, which was checked. */
sealed interface GgufValue {

    /** The name of the type, for messages. */
    String typeName();

    /**
     * A number or a truth value.
     *
     * @param bits an integer, extended to 64 bits as its type says; the bits of a double; or 0 and 1
     */
    record Scalar(GgufType type, long bits) implements GgufValue {

        double number() {
            if (type.floating()) {
                return Double.longBitsToDouble(bits);
            }
            return fitsLong() ? bits : 2.0 * ((bits >>> 1) | (bits & 1)); // the last bit keeps the rounding right
        }

        /** Whether an integer fits a {@code long}. */
        boolean fitsLong() {
            return type != GgufType.UINT64 || bits >= 0;
        }

        @Override
        public String typeName() {
            return type.name();
        }
    }

    /** One string. */
    record Text(long at, int length) implements GgufValue {

        @Override
        public String typeName() {
            return GgufType.STRING.name();
        }
    }

    /** Numbers or truth values, one after another. */
    record Numbers(GgufType element, int size, long at) implements GgufValue {

        Scalar get(MemorySegment header, int index, ByteOrder order) {
            return scalar(element, header, at + (long) index * element.leastBytes(), order);
        }

        @Override
        public String typeName() {
            return "an array of " + element;
        }
    }

    /**
     * Strings, each after its length of 8 bytes.
     *
     * @param marks where every {@link GgufStrings#STRIDE}th string begins, from {@code at}
     */
    @SuppressWarnings("ArrayRecordComponent") // never shown outside, never compared
    record Texts(int size, long at, long bytes, int[] marks) implements GgufValue {

        @Override
        public String typeName() {
            return "an array of " + GgufType.STRING;
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
            case INT64, UINT64, FLOAT64 -> bytes.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order), offset);
            case FLOAT32 ->
                Double.doubleToRawLongBits(bytes.get(ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(order), offset));
            case STRING, ARRAY -> throw new IllegalArgumentException("the type must be a number: type=" + type);
        };
        return new Scalar(type, bits);
    }
}
