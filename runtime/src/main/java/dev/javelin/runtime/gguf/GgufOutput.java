package dev.javelin.runtime.gguf;

import dev.javelin.api.Format;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A GGUF file to be written: metadata and tensors in the order in which they were added. The bytes of a tensor are asked for
 * only while the file is being written, piece by piece, so that files may be much larger than the memory.
 *
 * <p>Strings are UTF-8, numbers little-endian, tensors aligned to {@value #ALIGNMENT} bytes. For one thread; owns nothing
 * and can be written more than once.
 */
public final class GgufOutput {

    /** Where the data of tensors begin: the default of the format, which is what every file uses. */
    private static final int ALIGNMENT = 32;

    private static final int VERSION = 3;

    /** Magic number, version, and the counts of tensors and keys. */
    private static final int PREAMBLE = 2 * Integer.BYTES + 2 * Long.BYTES;

    /** Gives the bytes of a tensor. */
    @FunctionalInterface
    public interface Data {

        /** Hands over all bytes of the tensor, in order, in pieces of any size; best of some megabytes. */
        void writeTo(Sink sink);
    }

    /** Takes the bytes of a tensor. */
    @FunctionalInterface
    public interface Sink {

        /** Writes a piece, which may be changed once this returns. */
        void write(MemorySegment piece);
    }

    /** Watches a file being written. Called by the thread that writes it. */
    @FunctionalInterface
    public interface Listener {

        /** Watches nothing and never cancels. */
        Listener NONE = (done, total) -> {};

        /** So many bytes have been written. */
        void progress(long bytesDone, long bytesTotal);

        /** Asked before each piece; true ends writing with {@link WriteCancelledException}. */
        default boolean cancelled() {
            return false;
        }
    }

    /** A tensor and its place, counted from the beginning of all data. */
    record Entry(String name, long offset, long bytes, Data data) {}

    private final GgufBytes keys = new GgufBytes();
    private final GgufBytes infos = new GgufBytes();
    private final Set<String> keyNames = new HashSet<>();
    private final Set<String> tensorNames = new HashSet<>();
    private final List<Entry> tensors = new ArrayList<>();

    /** A file without metadata and tensors. */
    public GgufOutput() {}

    private long dataBytes;

    public GgufOutput string(String key, String value) {
        begin(key, GgufType.STRING).text(value);
        return this;
    }

    /** An integer from 0 to 2<sup>32</sup> - 1, the type that files use for sizes and counts. */
    public GgufOutput uint32(String key, long value) {
        if (value < 0 || value > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException("the value must fit 32 bits: key=" + key + ", value=" + value);
        }
        begin(key, GgufType.UINT32).int32((int) value);
        return this;
    }

    public GgufOutput float32(String key, float value) {
        begin(key, GgufType.FLOAT32).float32(value);
        return this;
    }

    public GgufOutput bool(String key, boolean value) {
        begin(key, GgufType.BOOL).int8(value ? 1 : 0);
        return this;
    }

    public GgufOutput strings(String key, List<String> values) {
        beginArray(key, GgufType.STRING, values.size());
        values.forEach(keys::text);
        return this;
    }

    public GgufOutput ints(String key, int... values) {
        beginArray(key, GgufType.INT32, values.length);
        for (int value : values) {
            keys.int32(value);
        }
        return this;
    }

    /** A key of another file with its value, whatever its type: the same bytes, also where text is not UTF-8. */
    public GgufOutput copy(String key, GgufMetadata from) {
        from.write(key, begin(key, from.type(key)));
        return this;
    }

    private GgufBytes begin(String key, GgufType type) {
        if (key.isEmpty() || !keyNames.add(key)) {
            throw new IllegalArgumentException("a key must have a name and occur once: key=" + key);
        }
        return keys.text(key).int32(type.id());
    }

    private void beginArray(String key, GgufType element, int size) {
        begin(key, GgufType.ARRAY).int32(element.id()).int64(size);
    }

    /**
     * Adds a tensor.
     *
     * @param dims in the order of the file: the length of a row first
     * @param data must give exactly as many bytes as the format needs for these dimensions
     */
    public GgufOutput tensor(String name, Format format, List<Long> dims, Data data) {
        int nameBytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (nameBytes == 0 || nameBytes > TensorsReader.LONGEST_NAME || !tensorNames.add(name)) {
            throw new IllegalArgumentException("a tensor must have a name of 1 to " + TensorsReader.LONGEST_NAME
                    + " bytes and occur once: tensor=" + name);
        }
        if (dims.isEmpty()
                || dims.size() > TensorsReader.MOST_DIMS
                || dims.stream().anyMatch(dim -> dim <= 0)) {
            throw new IllegalArgumentException("a tensor has 1 to " + TensorsReader.MOST_DIMS
                    + " dimensions above 0: tensor=" + name + ", dims=" + dims);
        }
        if (dims.getFirst() % format.blockLength() != 0) {
            throw new IllegalArgumentException("rows must be whole blocks: tensor=" + name + ", dims=" + dims
                    + ", format=" + format + ", blockLength=" + format.blockLength());
        }
        long bytes = format.bytes(dims.stream().reduce(1L, Math::multiplyExact));
        Entry entry = new Entry(name, dataBytes, bytes, data);
        tensors.add(entry);
        infos.text(name).int32(dims.size());
        dims.forEach(infos::int64);
        infos.int32(format.ggufId()).int64(entry.offset);
        dataBytes = aligned(Math.addExact(dataBytes, bytes));
        return this;
    }

    /** Bytes of the file. */
    public long bytes() {
        return Math.addExact(headerBytes(), dataBytes);
    }

    /**
     * Writes the file, under another name until it is complete.
     *
     * @throws GgufException if there is such a file already, the folder cannot be written to or lacks the room, or writing
     *     fails; nothing is left behind then
     * @throws WriteCancelledException if the listener asked for it
     */
    public void write(Path file, Listener listener) {
        new GgufFileWriter(file, bytes(), listener).write(header(), headerBytes(), tensors);
    }

    private GgufBytes header() {
        return new GgufBytes()
                .ascii("GGUF")
                .int32(VERSION)
                .int64(tensors.size())
                .int64(keyNames.size())
                .bytes(keys)
                .bytes(infos);
    }

    /** Bytes before the data, with those that fill up to where data may begin. */
    private long headerBytes() {
        return aligned((long) PREAMBLE + keys.size() + infos.size());
    }

    private static long aligned(long bytes) {
        return Math.multiplyExact(Math.ceilDiv(bytes, ALIGNMENT), (long) ALIGNMENT);
    }
}
