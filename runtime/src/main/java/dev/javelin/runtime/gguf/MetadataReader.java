package dev.javelin.runtime.gguf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the keys and values of a header. */
final class MetadataReader {

    /** Real files have about 50 keys of up to 60 bytes; the format would allow 65,535 bytes. */
    static final int MOST_KEYS = 1 << 14;

    static final int LONGEST_KEY = 1 << 10;
    /** Real vocabularies have up to 500,000 merges; the longest strings are chat templates of some 20 KB. */
    static final int LONGEST_ARRAY = 1 << 24;

    static final int LONGEST_STRING = 1 << 24;
    /** A key without a single byte, its type, and a value of one byte. */
    static final int LEAST_BYTES = Long.BYTES + Integer.BYTES + 1;

    private final String file;
    private final GgufCursor cursor;

    MetadataReader(String file, GgufCursor cursor) {
        this.file = file;
        this.cursor = cursor;
    }

    GgufMetadata read(long count) {
        Map<String, GgufValue> values = LinkedHashMap.newLinkedHashMap((int) Math.min(count, 64));
        for (long i = 0; i < count; i++) {
            long start = cursor.at();
            String key = cursor.readName("key " + i, LONGEST_KEY);
            if (values.put(key, readValue(key)) != null) {
                throw cursor.fail("a key occurs once: key=%s, again at byte %d", key, start);
            }
        }
        return new GgufMetadata(file, values);
    }

    private GgufValue readValue(String key) {
        String what = "key=" + key;
        GgufType type = readType(what);
        return switch (type) {
            case STRING -> new GgufValue.Text(cursor.readString(what, LONGEST_STRING));
            case ARRAY -> readArray(key, what);
            case BOOL -> {
                GgufValue.Scalar bool = cursor.readScalar(type, what);
                if (bool.bits() > 1) {
                    throw cursor.fail("a bool is 0 or 1: %s, value=%d", what, bool.bits());
                }
                yield bool;
            }
            default -> cursor.readScalar(type, what);
        };
    }

    private GgufType readType(String what) {
        int id = cursor.readInt(what);
        GgufType type = GgufType.ofId(id);
        if (type == null) {
            throw cursor.fail(
                    "the type of a value is 0 to 12: %s, type=%s, at byte %d",
                    what, Integer.toUnsignedString(id), cursor.at() - Integer.BYTES);
        }
        return type;
    }

    private GgufValue readArray(String key, String what) {
        GgufType element = readType(what);
        if (element == GgufType.ARRAY) {
            throw cursor.fail("arrays of arrays are not read: %s", what);
        }
        long size = cursor.readLong(what);
        if (size < 0 || size > LONGEST_ARRAY) {
            throw cursor.fail(
                    "an array has at most %d elements: %s, elements=%s",
                    LONGEST_ARRAY, what, Long.toUnsignedString(size));
        }
        cursor.require(what, size, element.leastBytes());
        if (element == GgufType.STRING) {
            return new GgufValue.Texts(readStrings(key, what, (int) size));
        }
        MemorySegment bytes = cursor.readBytes(what, size, element.leastBytes());
        if (element == GgufType.BOOL) {
            requireBools(what, bytes);
        }
        return new GgufValue.Numbers(element, (int) size, bytes, cursor.order());
    }

    private GgufStrings readStrings(String key, String what, int size) {
        int[] marks = new int[Math.ceilDiv(size, GgufStrings.STRIDE)];
        MemorySegment rest = cursor.rest();
        ValueLayout.OfLong layout = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(cursor.order());
        long limit = rest.byteSize() - Long.BYTES;
        long at = 0;
        for (int i = 0; i < size; i++) {
            if (i % GgufStrings.STRIDE == 0) {
                marks[i / GgufStrings.STRIDE] = (int) at;
            }
            long length = at <= limit ? rest.get(layout, at) : -1;
            if (length < 0 || length > LONGEST_STRING || length > limit - at) {
                cursor.readBytes(what, at, 1);
                cursor.readString(what + ", index=" + i, LONGEST_STRING); // says what is wrong
            }
            at += Long.BYTES + length;
        }
        return new GgufStrings(file, key, size, cursor.readBytes(what, at, 1), cursor.order(), marks);
    }

    private void requireBools(String what, MemorySegment bytes) {
        for (long i = 0; i < bytes.byteSize(); i++) {
            int value = bytes.get(ValueLayout.JAVA_BYTE, i) & 0xFF;
            if (value > 1) {
                throw cursor.fail("a bool is 0 or 1: %s, index=%d, value=%d", what, i, value);
            }
        }
    }
}
