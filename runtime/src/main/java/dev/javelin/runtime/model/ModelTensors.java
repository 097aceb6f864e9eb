package dev.javelin.runtime.model;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import dev.javelin.api.Format;
import dev.javelin.api.Shape;
import dev.javelin.api.Tensor;
import dev.javelin.api.WeightSource;
import dev.javelin.runtime.gguf.GgufFile;
import dev.javelin.runtime.gguf.GgufTensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The tensors of a model file as weights: whole ones under their names, rows of one under the name that {@link #slice} makes
 * of it, and vectors in F32, which is how every operation wants them. Usable from any thread while the file is open.
 */
final class ModelTensors implements WeightSource {
    private static final Pattern SLICE = Pattern.compile("(.*)\\[(\\d+):(\\d+)]");

    private final GgufFile file;
    private final Map<String, GgufTensor> tensors = new HashMap<>();

    ModelTensors(GgufFile file) {
        if (file.order() != ByteOrder.LITTLE_ENDIAN) {
            throw ModelException.of(
                    "the data of a model must be little-endian: file=%s; convert it with gguf_convert_endian.py",
                    file.name());
        }
        this.file = file;
        file.tensors().forEach(tensor -> tensors.put(tensor.name(), tensor));
    }

    /** The name of the rows {@code from} to, not including, {@code to} of a tensor. */
    static String slice(String name, int from, int to) {
        return name + "[" + from + ":" + to + "]";
    }

    boolean has(String name) {
        return tensors.containsKey(whole(name));
    }

    /** How many rows a matrix has. */
    int rows(String name) {
        return shape(find(name)).size(0);
    }

    /**
     * The format of a tensor that must have these sizes, the row last.
     *
     * @throws ModelException if it is not there or has others
     */
    Format require(String name, int... sizes) {
        GgufTensor found = find(name);
        Shape shape = name.equals(found.name()) ? shape(found) : sliced(name, found);
        if (!shape.equals(Shape.of(sizes))) {
            throw ModelException.of(
                    "the tensor must have the sizes that the metadata imply: tensor=%s, expected=%s, found=%s, file=%s",
                    name, Arrays.toString(sizes), shape.dims(), file.name());
        }
        Format format = format(found);
        if (format.storageOnly()) {
            throw ModelException.of(
                    "a weight cannot be of this format: tensor=%s, format=%s, file=%s", name, format, file.name());
        }
        if (found.dims().getFirst() % format.blockLength() != 0) {
            throw ModelException.of(
                    "rows must be whole blocks: tensor=%s, row=%d, format=%s, blockLength=%d, file=%s",
                    name, found.dims().getFirst(), format, format.blockLength(), file.name());
        }
        return format;
    }

    @Override
    public Tensor tensor(String name) {
        GgufTensor found = find(name);
        Format format = format(found);
        MemorySegment data = file.segment(found);
        Shape shape = shape(found);
        if (shape.rank() == 1) {
            MemorySegment floats = floats(found, format, data);
            Tensor vector = new Tensor(found.name(), Format.F32, shape, floats);
            Matcher slice = SLICE.matcher(name);
            if (!slice.matches()) {
                return vector;
            }
            int from = Integer.parseInt(slice.group(2));
            int to = Integer.parseInt(slice.group(3));
            return new Tensor(name, Format.F32, Shape.of(to - from), floats.asSlice((long) from * Float.BYTES));
        }
        Tensor all = new Tensor(found.name(), format, shape, data);
        Matcher slice = SLICE.matcher(name);
        return slice.matches()
                ? all.sliceRows(Integer.parseInt(slice.group(2)), Integer.parseInt(slice.group(3)))
                : all;
    }

    /** Lets the pages go, which can be read from the file again. */
    @Override
    public void release(String name) {
        MemorySegment data = tensor(name).data();
        if (data.isMapped()) {
            data.unload();
        }
    }

    private GgufTensor find(String name) {
        @Nullable GgufTensor tensor = tensors.get(whole(name));
        if (tensor == null) {
            throw ModelException.of(
                    "the file lacks a tensor that its architecture needs: tensor=%s, file=%s",
                    whole(name), file.name());
        }
        return tensor;
    }

    private static String whole(String name) {
        Matcher slice = SLICE.matcher(name);
        return slice.matches() ? slice.group(1) : name;
    }

    private Shape sliced(String name, GgufTensor whole) {
        Matcher slice = SLICE.matcher(name);
        if (!slice.matches()) {
            throw new IllegalArgumentException("not the name of rows: name=" + name);
        }
        Shape shape = shape(whole);
        int rows = Integer.parseInt(slice.group(3)) - Integer.parseInt(slice.group(2));
        return shape.rank() == 1 ? Shape.of(rows) : Shape.of(rows, shape.size(1));
    }

    private Format format(GgufTensor tensor) {
        Format format = tensor.format();
        return format == null ? Format.ofGgufId(tensor.formatId()) : format; // which throws, naming it
    }

    /** Files name the row first. */
    private Shape shape(GgufTensor tensor) {
        int rank = tensor.dims().size();
        int[] sizes = new int[rank];
        for (int i = 0; i < rank; i++) {
            long size = tensor.dims().get(rank - 1 - i);
            if (rank > 3 || size > Integer.MAX_VALUE) {
                throw ModelException.of(
                        "a weight has at most 3 dimensions below 2^31: tensor=%s, dims=%s, file=%s",
                        tensor.name(), tensor.dims(), file.name());
            }
            sizes[i] = (int) size;
        }
        return Shape.of(sizes);
    }

    private MemorySegment floats(GgufTensor tensor, Format format, MemorySegment data) {
        if (format == Format.F32) {
            return data;
        }
        if (format != Format.F16 && format != Format.BF16) {
            throw ModelException.of(
                    "a vector must be F32, F16 or BF16: tensor=%s, format=%s, file=%s",
                    tensor.name(), format, file.name());
        }
        int length = Math.toIntExact(tensor.dims().getFirst());
        MemorySegment floats = Arena.ofAuto().allocate((long) length * Float.BYTES, Float.BYTES);
        for (int i = 0; i < length; i++) {
            short bits = data.get(JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), (long) i * Short.BYTES);
            float value = format == Format.F16 ? Float.float16ToFloat(bits) : Float.intBitsToFloat(bits << 16);
            floats.set(JAVA_FLOAT_UNALIGNED, (long) i * Float.BYTES, value);
        }
        return floats;
    }
}
