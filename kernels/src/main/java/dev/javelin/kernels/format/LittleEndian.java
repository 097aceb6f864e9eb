package dev.javelin.kernels.format;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Reads and writes the numbers inside blocks: little-endian, at any address. */
final class LittleEndian {

    private static final ValueLayout.OfShort I16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt I32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat F32 = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private LittleEndian() {}

    static byte i8(MemorySegment from, long at) {
        return from.get(ValueLayout.JAVA_BYTE, at);
    }

    static int u8(MemorySegment from, long at) {
        return Byte.toUnsignedInt(i8(from, at));
    }

    static short i16(MemorySegment from, long at) {
        return from.get(I16, at);
    }

    static int u16(MemorySegment from, long at) {
        return Short.toUnsignedInt(i16(from, at));
    }

    /** Element {@code i} of an array of unsigned 16-bit numbers. */
    static int u16(MemorySegment from, long at, int i) {
        return u16(from, at + 2L * i);
    }

    static int i32(MemorySegment from, long at) {
        return from.get(I32, at);
    }

    /** Element {@code i} of an array of 32-bit numbers. */
    static int i32(MemorySegment from, long at, int i) {
        return i32(from, at + 4L * i);
    }

    static float f16(MemorySegment from, long at) {
        return Float.float16ToFloat(i16(from, at));
    }

    static float f32(MemorySegment from, long at) {
        return from.get(F32, at);
    }

    /** Element {@code i} of an array of 4-bit numbers, two to the byte, the low half first. */
    static int nibble(MemorySegment from, long at, int i) {
        return (u8(from, at + i / 2) >> (4 * (i % 2))) & 0xF;
    }

    /** Element {@code i} of an array of 2-bit numbers, four to the byte, the lowest bits first. */
    static int crumb(MemorySegment from, long at, int i) {
        return (u8(from, at + i / 4) >> (2 * (i % 4))) & 3;
    }

    /** Element {@code i} of an array of bits, the lowest bit of a byte first. */
    static int bit(MemorySegment from, long at, int i) {
        return (u8(from, at + i / 8) >> (i % 8)) & 1;
    }

    static void setI8(MemorySegment to, long at, int value) {
        to.set(ValueLayout.JAVA_BYTE, at, (byte) value);
    }

    static void setI16(MemorySegment to, long at, int value) {
        to.set(I16, at, (short) value);
    }

    static void setI32(MemorySegment to, long at, int value) {
        to.set(I32, at, value);
    }

    static void setF16(MemorySegment to, long at, float value) {
        to.set(I16, at, Float.floatToFloat16(value));
    }

    static void setF32(MemorySegment to, long at, float value) {
        to.set(F32, at, value);
    }
}
