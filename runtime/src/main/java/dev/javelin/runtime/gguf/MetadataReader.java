package dev.javelin.runtime.gguf;

import java.nio.ByteBuffer;
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

    private final GgufCursor cursor;

    MetadataReader(GgufCursor cursor) {
        this.cursor = cursor;
    }

    Map<String, GgufValue> read(long count) {
        Map<String, GgufValue> values = LinkedHashMap.newLinkedHashMap((int) Math.min(count, 64));
        for (long i = 0; i < count; i++) {
            long start = cursor.at();
            String key = cursor.readName("key " + i, LONGEST_KEY);
            if (values.put(key, readValue("key=" + key)) != null) {
                throw cursor.fail("the key must occur once: key=%s, again at byte %d", key, start);
            }
        }
        return values;
    }

    private GgufValue readValue(String what) {
        GgufType type = readType(what);
        return switch (type) {
            case STRING -> {
                int length = cursor.readLength(what, LONGEST_STRING);
                yield new GgufValue.Text(cursor.skip(what, length, 1), length);
            }
            case ARRAY -> readArray(what);
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

    private GgufValue readArray(String what) {
        GgufType element = readType(what);
        if (element == GgufType.ARRAY) {
            throw cursor.fail("an array must not hold arrays: %s", what);
        }
        long size = cursor.readLong(what);
        if (size < 0 || size > LONGEST_ARRAY) {
            throw cursor.fail(
                    "the array must have at most %d elements: %s, elements=%s",
                    LONGEST_ARRAY, what, Long.toUnsignedString(size));
        }
        cursor.require(what, size, element.leastBytes());
        if (element == GgufType.STRING) {
            return readStrings(what, (int) size);
        }
        if (element == GgufType.BOOL) {
            requireBools(what, size);
        }
        return new GgufValue.Numbers(element, (int) size, cursor.skip(what, size, element.leastBytes()));
    }

    private GgufValue readStrings(String what, int size) {
        int[] marks = new int[Math.ceilDiv(size, GgufStrings.STRIDE)];
        for (int i = 0; i < size; i++) {
            if (i % GgufStrings.STRIDE == 0) {
                marks[i / GgufStrings.STRIDE] = cursor.at();
            }
            cursor.skipString(what, i, LONGEST_STRING);
        }
        return new GgufValue.Texts(size, marks);
    }

    private void requireBools(String what, long size) {
        ByteBuffer bytes = cursor.load(what, size);
        for (int i = 0; i < size; i++) {
            int value = bytes.get(cursor.at() + i) & 0xFF;
            if (value > 1) {
                throw cursor.fail("a bool is 0 or 1: %s, index=%d, value=%d", what, i, value);
            }
        }
    }
}
