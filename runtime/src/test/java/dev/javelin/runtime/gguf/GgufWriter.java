package dev.javelin.runtime.gguf;

import dev.javelin.api.Format;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes small GGUF files for tests: sound ones, and with the methods of raw bytes any others. */
public final class GgufWriter {

    @SuppressWarnings("ArrayRecordComponent") // never compared by content
    private record Tensor(
            String name,
            long[] dims,
            int formatId,
            byte[] data,
            @Nullable Long offset) {}

    private final ByteOrder order;
    private final Map<String, byte[]> keys = new LinkedHashMap<>();
    private final List<Tensor> tensors = new ArrayList<>();
    private int version = 3;
    private int alignment = 32;
    private @Nullable Long keyCount;
    private @Nullable Long tensorCount;

    public GgufWriter() {
        this(ByteOrder.LITTLE_ENDIAN);
    }

    public GgufWriter(ByteOrder order) {
        this.order = order;
    }

    public GgufWriter version(int number) {
        version = number;
        return this;
    }

    /** Lays the data out with this alignment; what the file says of it is the key {@code general.alignment}. */
    public GgufWriter alignment(int bytes) {
        alignment = bytes;
        return this;
    }

    /** What the file says instead of the true number of keys. */
    public GgufWriter keyCount(long count) {
        keyCount = count;
        return this;
    }

    /** What the file says instead of the true number of tensors. */
    public GgufWriter tensorCount(long count) {
        tensorCount = count;
        return this;
    }

    public GgufWriter string(String key, String value) {
        return value(key, GgufType.STRING.id(), text(value));
    }

    public GgufWriter u32(String key, int value) {
        return value(key, GgufType.UINT32.id(), encode(4, b -> b.putInt(value)));
    }

    public GgufWriter i32(String key, int value) {
        return value(key, GgufType.INT32.id(), encode(4, b -> b.putInt(value)));
    }

    public GgufWriter u64(String key, long value) {
        return value(key, GgufType.UINT64.id(), encode(8, b -> b.putLong(value)));
    }

    public GgufWriter i64(String key, long value) {
        return value(key, GgufType.INT64.id(), encode(8, b -> b.putLong(value)));
    }

    public GgufWriter u16(String key, int value) {
        return value(key, GgufType.UINT16.id(), encode(2, b -> b.putShort((short) value)));
    }

    public GgufWriter i16(String key, int value) {
        return value(key, GgufType.INT16.id(), encode(2, b -> b.putShort((short) value)));
    }

    public GgufWriter u8(String key, int value) {
        return value(key, GgufType.UINT8.id(), new byte[] {(byte) value});
    }

    public GgufWriter i8(String key, int value) {
        return value(key, GgufType.INT8.id(), new byte[] {(byte) value});
    }

    public GgufWriter f32(String key, float value) {
        return value(key, GgufType.FLOAT32.id(), encode(4, b -> b.putFloat(value)));
    }

    public GgufWriter f64(String key, double value) {
        return value(key, GgufType.FLOAT64.id(), encode(8, b -> b.putDouble(value)));
    }

    public GgufWriter bool(String key, boolean value) {
        return value(key, GgufType.BOOL.id(), new byte[] {(byte) (value ? 1 : 0)});
    }

    public GgufWriter strings(String key, List<String> values) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        values.forEach(value -> all.writeBytes(text(value)));
        return array(key, GgufType.STRING.id(), values.size(), all.toByteArray());
    }

    /** Strings that need not be UTF-8. */
    public GgufWriter byteStrings(String key, List<byte[]> values) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        values.forEach(value -> all.writeBytes(text(value)));
        return array(key, GgufType.STRING.id(), values.size(), all.toByteArray());
    }

    public GgufWriter ints(String key, int... values) {
        byte[] all = encode(4 * values.length, b -> Arrays.stream(values).forEach(b::putInt));
        return array(key, GgufType.INT32.id(), values.length, all);
    }

    public GgufWriter floats(String key, float... values) {
        byte[] all = encode(4 * values.length, b -> {
            for (float value : values) {
                b.putFloat(value);
            }
        });
        return array(key, GgufType.FLOAT32.id(), values.length, all);
    }

    /** An array whose type, size and elements need not belong together. */
    public GgufWriter array(String key, int elementId, long size, byte[] elements) {
        byte[] head = encode(12, b -> b.putInt(elementId).putLong(size));
        return value(key, GgufType.ARRAY.id(), join(head, elements));
    }

    /** A value whose type and bytes need not belong together. */
    public GgufWriter value(String key, int typeId, byte[] value) {
        return value(key.getBytes(StandardCharsets.UTF_8), typeId, value);
    }

    /** A value whose key need not be UTF-8. A key that was there before gets the new value. */
    public GgufWriter value(byte[] key, int typeId, byte[] value) {
        byte[] entry = join(text(key), encode(4, b -> b.putInt(typeId)), value);
        keys.put(new String(key, StandardCharsets.ISO_8859_1), entry);
        return this;
    }

    /** Writes a key once more. */
    public GgufWriter again(String key) {
        keys.put(key + " again", entry(key));
        return this;
    }

    /** Leaves out a key. */
    public GgufWriter without(String key) {
        keys.remove(key, entry(key));
        return this;
    }

    /** Leaves out a tensor. */
    public GgufWriter withoutTensor(String name) {
        tensors.remove(tensor(name));
        return this;
    }

    /** Replaces a tensor by one of zeros. */
    public GgufWriter retensor(String name, Format format, long... dims) {
        int index = tensors.indexOf(tensor(name));
        tensor(name, format, dims);
        tensors.set(index, tensors.removeLast());
        return this;
    }

    private byte[] entry(String key) {
        return Objects.requireNonNull(keys.get(key), key);
    }

    private Tensor tensor(String name) {
        return tensors.stream().filter(t -> t.name.equals(name)).findFirst().orElseThrow();
    }

    /** A tensor of zeros. */
    public GgufWriter tensor(String name, Format format, long... dims) {
        long elements = Arrays.stream(dims).reduce(1, Math::multiplyExact);
        return tensor(name, format, new byte[Math.toIntExact(format.bytes(elements))], dims);
    }

    public GgufWriter tensor(String name, Format format, byte[] data, long... dims) {
        return tensor(name, format.ggufId(), data, null, dims);
    }

    /**
     * A tensor whose parts need not belong together.
     *
     * @param offset what the file says instead of the true offset; null for the true one
     */
    public GgufWriter tensor(String name, int formatId, byte[] data, @Nullable Long offset, long... dims) {
        tensors.add(new Tensor(name, dims, formatId, data, offset));
        return this;
    }

    /** The whole file. */
    public byte[] bytes() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
        file.writeBytes(encode(
                20,
                b -> b.putInt(version)
                        .putLong(tensorCount == null ? tensors.size() : tensorCount)
                        .putLong(keyCount == null ? keys.size() : keyCount)));
        keys.values().forEach(file::writeBytes);
        long offset = 0;
        for (Tensor tensor : tensors) {
            long at = tensor.offset == null ? offset : tensor.offset;
            file.writeBytes(text(tensor.name));
            file.writeBytes(encode(4 + 8 * tensor.dims.length + 12, b -> {
                b.putInt(tensor.dims.length);
                Arrays.stream(tensor.dims).forEach(b::putLong);
                b.putInt(tensor.formatId).putLong(at);
            }));
            offset += tensor.data.length + padding(tensor.data.length);
        }
        for (Tensor tensor : tensors) {
            file.writeBytes(new byte[padding(file.size())]);
            file.writeBytes(tensor.data);
        }
        return file.toByteArray();
    }

    /** Writes the file. */
    public Path write(Path path) {
        try {
            return Files.write(path, bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The metadata as they are read from such a file. */
    public GgufMetadata metadata() {
        return GgufHeader.read(HeaderBytes.of("test.gguf", MemorySegment.ofArray(bytes())))
                .metadata();
    }

    private int padding(int size) {
        return (alignment - size % alignment) % alignment;
    }

    private byte[] encode(int size, Consumer<ByteBuffer> content) {
        byte[] bytes = new byte[size];
        content.accept(ByteBuffer.wrap(bytes).order(order));
        return bytes;
    }

    private byte[] text(String value) {
        return text(value.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] text(byte[] value) {
        return join(encode(8, b -> b.putLong(value.length)), value);
    }

    private static byte[] join(byte[]... pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            all.writeBytes(piece);
        }
        return all.toByteArray();
    }
}
