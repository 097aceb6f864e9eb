package dev.javelin.runtime.gguf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** A place in the header of a file, which moves on as values are read. No read trusts the file for its length. */
final class GgufCursor {

    /** The header of a file with a vocabulary of 256,000 tokens has 10 MB. */
    static final long LONGEST_HEADER = 256L << 20;

    private final String file;
    private final MemorySegment bytes;
    private final long fileBytes;
    private final ByteOrder order;
    private long at;

    GgufCursor(String file, MemorySegment bytes, ByteOrder order, long at) {
        this.file = file;
        this.fileBytes = bytes.byteSize();
        this.bytes = bytes.asSlice(0, Math.min(fileBytes, LONGEST_HEADER));
        this.order = order;
        this.at = at;
    }

    long at() {
        return at;
    }

    ByteOrder order() {
        return order;
    }

    /** What follows, up to where a header must end. */
    MemorySegment rest() {
        return bytes.asSlice(at);
    }

    long remaining() {
        return bytes.byteSize() - at;
    }

    /** Refuses the file if it holds fewer than {@code count} times {@code size} bytes from here. */
    void require(String what, long count, long size) {
        if (count < 0 || count > remaining() / size) {
            throw tooShort(what, count, size);
        }
    }

    int readInt(String what) {
        require(what, 1, Integer.BYTES);
        int value = bytes.get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(order), at);
        at += Integer.BYTES;
        return value;
    }

    long readLong(String what) {
        require(what, 1, Long.BYTES);
        long value = bytes.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order), at);
        at += Long.BYTES;
        return value;
    }

    GgufValue.Scalar readScalar(GgufType type, String what) {
        require(what, 1, type.leastBytes());
        GgufValue.Scalar value = GgufValue.scalar(type, bytes, at, order);
        at += type.leastBytes();
        return value;
    }

    /** The bytes of a string, without its length. */
    MemorySegment readString(String what, long most) {
        long length = readLong(what);
        if (length < 0 || length > most) {
            throw fail(
                    "a string has at most %d bytes: %s, length=%s, at byte %d",
                    most, what, Long.toUnsignedString(length), at - Long.BYTES);
        }
        return readBytes(what, length, 1);
    }

    /** The next {@code count} times {@code size} bytes. */
    MemorySegment readBytes(String what, long count, long size) {
        require(what, count, size);
        MemorySegment slice = bytes.asSlice(at, count * size);
        at += slice.byteSize();
        return slice;
    }

    /** A key or a name: valid UTF-8 of 1 to {@code most} bytes. */
    String readName(String what, int most) {
        long start = at;
        byte[] name = readString(what, most).toArray(ValueLayout.JAVA_BYTE);
        if (name.length == 0) {
            throw fail("names must not be empty: %s, at byte %d", what, start);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(name))
                    .toString();
        } catch (CharacterCodingException e) {
            throw fail("names must be UTF-8: %s, at byte %d", what, start);
        }
    }

    GgufException fail(String message, Object... arguments) {
        return GgufException.of(file, message, arguments);
    }

    private GgufException tooShort(String what, long count, long size) {
        if (fileBytes > bytes.byteSize()) {
            return fail(
                    "the header of a model file ends within its first %d bytes: %s begins at byte %d and needs %s x %d"
                            + " bytes",
                    bytes.byteSize(), what, at, Long.toUnsignedString(count), size);
        }
        return fail(
                "the file ends too early: %s begins at byte %d and needs %s x %d bytes, fileBytes=%d; download it"
                        + " again",
                what, at, Long.toUnsignedString(count), size, fileBytes);
    }
}
