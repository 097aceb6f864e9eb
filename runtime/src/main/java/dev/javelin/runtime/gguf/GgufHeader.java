package dev.javelin.runtime.gguf;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.List;
import java.util.OptionalLong;

/**
 * All that one file says before its data.
 *
 * @param order of the header and of the data
 * @param dataOffset where the data begin in the file
 * @param faults of tensors that cannot be used
 */
record GgufHeader(
        int version,
        ByteOrder order,
        GgufMetadata metadata,
        List<GgufTensor> tensors,
        List<GgufFault> faults,
        int alignment,
        long dataOffset) {

    private static final String ALIGNMENT = "general.alignment";
    private static final int DEFAULT_ALIGNMENT = 32;
    private static final int LARGEST_ALIGNMENT = 1 << 20;

    /**
     * Reads a header.
     *
     * @param part which file of a split model this is
     * @throws GgufException if it is not one
     */
    static GgufHeader read(String file, int part, MemorySegment bytes) {
        NotGguf.refuse(file, bytes);
        GgufCursor start = new GgufCursor(file, bytes, ByteOrder.LITTLE_ENDIAN, Integer.BYTES);
        int version = start.readInt("version");
        ByteOrder order = ByteOrder.LITTLE_ENDIAN;
        if (!isVersion(version) && isVersion(Integer.reverseBytes(version))) {
            order = ByteOrder.BIG_ENDIAN;
            version = Integer.reverseBytes(version);
        }
        requireVersion(start, version);

        GgufCursor cursor = new GgufCursor(file, bytes, order, start.at());
        long tensorCount = readCount(cursor, "tensors", TensorsReader.MOST_TENSORS, TensorsReader.LEAST_BYTES);
        long keyCount = readCount(cursor, "keys", MetadataReader.MOST_KEYS, MetadataReader.LEAST_BYTES);
        GgufMetadata metadata = new MetadataReader(file, cursor).read(keyCount);
        int alignment = alignment(cursor, metadata);
        TensorsReader tensors = new TensorsReader(cursor, part);
        tensors.read(tensorCount);
        long dataOffset = Math.ceilDiv(cursor.at(), alignment) * alignment;
        tensors.place(dataOffset, alignment, bytes.byteSize());
        return new GgufHeader(version, order, metadata, tensors.tensors(), tensors.faults(), alignment, dataOffset);
    }

    private static boolean isVersion(int version) {
        return version >= 1 && version <= 3;
    }

    private static void requireVersion(GgufCursor cursor, int version) {
        if (version == 1) {
            throw cursor.fail("the version must be 2 or 3: version=1, of August 2023; convert the model anew");
        }
        if (!isVersion(version)) {
            throw cursor.fail(
                    "the version must be 2 or 3: version=%s; download the file again, or a newer Javelin",
                    Integer.toUnsignedString(version));
        }
    }

    private static long readCount(GgufCursor cursor, String what, int most, int leastBytes) {
        long count = cursor.readLong("number of " + what);
        if (count < 0 || count > most) {
            throw cursor.fail("a file has at most %d %s: %2$s=%s", most, what, Long.toUnsignedString(count));
        }
        cursor.require(what, count, leastBytes);
        return count;
    }

    private static int alignment(GgufCursor cursor, GgufMetadata metadata) {
        OptionalLong alignment = metadata.optionalInteger(ALIGNMENT);
        if (alignment.isEmpty()) {
            return DEFAULT_ALIGNMENT;
        }
        long value = alignment.getAsLong();
        if (value < 1 || value > LARGEST_ALIGNMENT || Long.bitCount(value) != 1) {
            throw cursor.fail(
                    "the alignment must be a power of two up to %d: key=%s, value=%d",
                    LARGEST_ALIGNMENT, ALIGNMENT, value);
        }
        return (int) value;
    }
}
