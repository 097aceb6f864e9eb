package dev.javelin.runtime.gguf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** A place in the header of a file, which moves on as values are read. No read trusts the file for its length. */
final class GgufCursor {

    private final HeaderBytes header;
    private final ByteOrder order;
    private ByteBuffer bytes;
    private int at; // a header ends before 2^31

    GgufCursor(HeaderBytes header, ByteOrder order, int at) {
        this.header = header;
        this.order = order;
        this.at = at;
        this.bytes = header.upTo(at).duplicate().order(order);
    }

    int at() {
        return at;
    }

    /** Refuses the file if its header cannot have {@code count} times {@code size} bytes more from here. */
    void require(String what, long count, long size) {
        if (count < 0 || count > (header.limit() - at) / size) {
            throw tooShort(what, count, size);
        }
    }

    int readInt(String what) {
        int value = load(what, Integer.BYTES).getInt(at);
        at += Integer.BYTES;
        return value;
    }

    long readLong(String what) {
        long value = load(what, Long.BYTES).getLong(at);
        at += Long.BYTES;
        return value;
    }

    GgufValue.Scalar readScalar(GgufType type, String what) {
        GgufValue.Scalar value = GgufValue.scalar(type, load(what, type.leastBytes()), at);
        at += type.leastBytes();
        return value;
    }

    /** Passes over {@code count} values of {@code size} bytes and returns where they begin. */
    int skip(String what, long count, int size) {
        require(what, count, size);
        int begin = at;
        at += (int) count * size;
        return begin;
    }

    /** Reads the length of a string, which follows. */
    int readLength(String what, int most) {
        long length = readLong(what);
        if (length < 0 || length > most) {
            throw fail(
                    "the string must have at most %d bytes: %s, length=%s, at byte %d",
                    most, what, Long.toUnsignedString(length), at - Long.BYTES);
        }
        require(what, length, 1);
        return (int) length;
    }

    /** Passes over one of many strings. */
    void skipString(String what, int index, int most) {
        long room = header.limit() - at - Long.BYTES;
        if (room >= 0) {
            ensure(at + Long.BYTES);
            long length = bytes.getLong(at);
            if (0 <= length && length <= most && length <= room) {
                at += Long.BYTES + (int) length;
                return;
            }
        }
        readLength(what + ", index=" + index, most); // says what is wrong
    }

    /** A key or a name: valid UTF-8 of 1 to {@code most} bytes, without control characters. */
    String readName(String what, int most) {
        long start = at;
        int length = readLength(what, most);
        if (length == 0) {
            throw fail("the name must not be empty: %s, at byte %d", what, start);
        }
        byte[] name = new byte[length];
        load(what, length).get(at, name);
        at += length;
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(name))
                    .toString();
        } catch (CharacterCodingException e) {
            throw fail("the name must be UTF-8: %s, at byte %d", what, start);
        }
        if (text.chars().anyMatch(Character::isISOControl)) { // it will be shown on terminals
            throw fail("the name must have no control characters: %s, at byte %d", what, start);
        }
        return text;
    }

    /** The file, in its byte order, from its beginning to {@code size} bytes from here at least. */
    ByteBuffer load(String what, long size) {
        require(what, size, 1);
        ensure(at + size);
        return bytes;
    }

    private void ensure(long end) {
        if (end > bytes.capacity()) {
            bytes = header.upTo(end).duplicate().order(order);
        }
    }

    GgufException fail(String message, Object... arguments) {
        return GgufException.of(header.file(), message, arguments);
    }

    private GgufException tooShort(String what, long count, long size) {
        String needed = Long.toUnsignedString(count) + (size == 1 ? "" : " x " + size);
        if (header.fileBytes() > header.limit()) {
            return fail(
                    "the header must end within the first %d bytes: %s needs %s bytes from byte %d",
                    header.limit(), what, needed, at);
        }
        return fail(
                "the file ends too early: %s needs %s bytes from byte %d, fileBytes=%d; download it again",
                what, needed, at, header.fileBytes());
    }
}
