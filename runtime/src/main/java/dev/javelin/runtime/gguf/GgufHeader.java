package dev.javelin.runtime.gguf;

import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;

/**
 * All that one file says before its data. Immutable.
 *
 * @param order of the header and of the data
 * @param dataOffset where the data begin in the file
 * @param faults of tensors that cannot be used
 */
record GgufHeader(
        int version,
        ByteOrder order,
        GgufMetadata metadata,
        SplitInfo split,
        List<GgufTensor> tensors,
        List<GgufFault> faults,
        int alignment,
        long dataOffset) {

    private static final String ALIGNMENT = "general.alignment";
    private static final int DEFAULT_ALIGNMENT = 32;
    /** As the format asks, and so that no number lies across a border of its size. */
    private static final long LEAST_ALIGNMENT = 8;

    private static final int LARGEST_ALIGNMENT = 1 << 20;

    /**
     * Reads a header.
     *
     * @throws GgufException if it is not one
     */
    static GgufHeader read(HeaderBytes bytes) {
        NotGguf.refuse(bytes);
        GgufCursor start = new GgufCursor(bytes, ByteOrder.LITTLE_ENDIAN, NotGguf.MAGIC.length());
        int version = start.readInt("version");
        boolean swapped = !isVersion(version) && isVersion(Integer.reverseBytes(version));
        version = swapped ? Integer.reverseBytes(version) : version;
        requireVersion(start, version);

        ByteOrder order = swapped ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        GgufCursor cursor = new GgufCursor(bytes, order, start.at());
        long tensorCount = readCount(cursor, "tensors", TensorsReader.MOST_TENSORS, TensorsReader.LEAST_BYTES);
        long keyCount = readCount(cursor, "keys", MetadataReader.MOST_KEYS, MetadataReader.LEAST_BYTES);
        Map<String, GgufValue> values = new MetadataReader(cursor).read(keyCount);
        GgufMetadata metadata = new GgufMetadata(bytes.file(), values, cursor.load("metadata", 0));
        int alignment = alignment(cursor, metadata);
        SplitInfo split = SplitInfo.of(metadata);
        TensorsReader tensors = new TensorsReader(cursor, bytes.file(), split.number());
        tensors.read(tensorCount);
        long dataOffset = Math.ceilDiv((long) cursor.at(), alignment) * alignment;
        tensors.place(dataOffset, alignment, bytes.fileBytes());
        return new GgufHeader(
                version, order, metadata, split, tensors.tensors(), tensors.faults(), alignment, dataOffset);
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
        cursor.require("list of " + what, count, leastBytes);
        return count;
    }

    private static int alignment(GgufCursor cursor, GgufMetadata metadata) {
        if (!metadata.has(ALIGNMENT)) {
            return DEFAULT_ALIGNMENT;
        }
        if (metadata.type(ALIGNMENT) != GgufType.UINT32) {
            throw cursor.fail("the alignment is a UINT32: key=%s, found=%s", ALIGNMENT, metadata.type(ALIGNMENT));
        }
        long value = metadata.integer(ALIGNMENT);
        if (value < LEAST_ALIGNMENT || value > LARGEST_ALIGNMENT || Long.bitCount(value) != 1) {
            throw cursor.fail(
                    "the alignment must be a power of two from %d up to %d: key=%s, value=%d",
                    LEAST_ALIGNMENT, LARGEST_ALIGNMENT, ALIGNMENT, value);
        }
        return (int) value;
    }
}
