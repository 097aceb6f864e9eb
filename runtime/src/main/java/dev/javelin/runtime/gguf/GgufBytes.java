package dev.javelin.runtime.gguf;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/** Collects the bytes of a header. For one thread. */
final class GgufBytes {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    int size() {
        return out.size();
    }

    MemorySegment toSegment() {
        return MemorySegment.ofArray(out.toByteArray());
    }

    GgufBytes ascii(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    /** The length, then UTF-8. */
    GgufBytes text(String text) {
        return text(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The length, then the bytes. */
    GgufBytes text(byte[] utf8) {
        int64(utf8.length);
        out.writeBytes(utf8);
        return this;
    }

    /** A number or a truth value, in as many bytes as its type has. */
    GgufBytes number(GgufValue.Scalar number) {
        return switch (number.type()) {
            case FLOAT32 -> float32((float) number.number());
            case FLOAT64, INT64, UINT64 -> int64(number.bits());
            case INT32, UINT32 -> int32((int) number.bits());
            case INT16, UINT16 -> int8((int) number.bits()).int8((int) (number.bits() >> Byte.SIZE));
            case INT8, UINT8, BOOL -> int8((int) number.bits());
            case STRING, ARRAY -> throw new IllegalArgumentException("not a number: type=" + number.type());
        };
    }

    GgufBytes int8(int value) {
        out.write(value);
        return this;
    }

    GgufBytes int32(int value) {
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            out.write(value >> shift);
        }
        return this;
    }

    GgufBytes int64(long value) {
        return int32((int) value).int32((int) (value >> Integer.SIZE));
    }

    GgufBytes float32(float value) {
        return int32(Float.floatToRawIntBits(value));
    }

    GgufBytes bytes(GgufBytes others) {
        out.writeBytes(others.out.toByteArray());
        return this;
    }
}
