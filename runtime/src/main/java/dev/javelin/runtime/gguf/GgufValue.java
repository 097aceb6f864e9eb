package dev.javelin.runtime.gguf;

import java.nio.ByteBuffer;

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
    record Text(int at, int length) implements GgufValue {

        @Override
        public String typeName() {
            return GgufType.STRING.name();
        }
    }

    /** Numbers or truth values, one after another. */
    record Numbers(GgufType element, int size, int at) implements GgufValue {

        Scalar get(ByteBuffer header, int index) {
            return scalar(element, header, at + index * element.leastBytes());
        }

        @Override
        public String typeName() {
            return "an array of " + element;
        }
    }

    /**
     * Strings, each after its length of 8 bytes.
     *
     * @param marks where every {@link GgufStrings#STRIDE}th string begins
     */
    @SuppressWarnings("ArrayRecordComponent") // never shown outside, never compared
    record Texts(int size, int[] marks) implements GgufValue {

        @Override
        public String typeName() {
            return "an array of " + GgufType.STRING;
        }
    }

    /** Reads the number at {@code at}. */
    static Scalar scalar(GgufType type, ByteBuffer bytes, int at) {
        long bits = switch (type) {
            case INT8 -> bytes.get(at);
            case UINT8, BOOL -> Byte.toUnsignedLong(bytes.get(at));
            case INT16 -> bytes.getShort(at);
            case UINT16 -> Short.toUnsignedLong(bytes.getShort(at));
            case INT32 -> bytes.getInt(at);
            case UINT32 -> Integer.toUnsignedLong(bytes.getInt(at));
            case INT64, UINT64, FLOAT64 -> bytes.getLong(at);
            case FLOAT32 -> Double.doubleToRawLongBits(bytes.getFloat(at));
            case STRING, ARRAY -> throw new IllegalArgumentException("the type must be a number: type=" + type);
        };
        return new Scalar(type, bits);
    }
}
