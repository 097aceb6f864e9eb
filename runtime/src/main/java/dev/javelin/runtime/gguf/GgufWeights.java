package dev.javelin.runtime.gguf;

import dev.javelin.api.Format;
import dev.javelin.api.Shape;
import dev.javelin.api.Tensor;
import dev.javelin.api.WeightSource;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.List;

/**
 * The tensors of a file as weights, over the memory of the file, which must stay open as {@link WeightSource} says. Devices
 * are loaded within {@link GgufFile#whileUnchanged}.
 */
public final class GgufWeights implements WeightSource {

    private static final int MOST_DIMS = 3;

    private final GgufFile file;

    public GgufWeights(GgufFile file) {
        this.file = file;
    }

    @Override
    public Tensor tensor(String name) {
        GgufTensor tensor = require(name);
        if (file.order() != ByteOrder.LITTLE_ENDIAN) {
            throw GgufException.of(file.name(), "weights must be little-endian: tensor=%s", name);
        }
        MemorySegment data = file.segment(tensor);
        return new Tensor(name, Format.ofGgufId(tensor.formatId()), shape(tensor), data);
    }

    /** Lets the pages of the tensor go, which can be read from the file again. */
    @Override
    public void release(String name) {
        MemorySegment data = file.segment(require(name));
        if (data.isMapped()) {
            data.unload();
        }
    }

    private GgufTensor require(String name) {
        return file.tensor(name)
                .orElseThrow(() -> GgufException.of(file.name(), "the model must have the tensor: tensor=%s", name));
    }

    /** The dimensions with the row last. */
    private Shape shape(GgufTensor tensor) {
        List<Long> dims = tensor.dims();
        long matrix = 1; // elements over all dimensions but the last of the file; no overflow, the data have them
        for (long dim : dims.subList(0, dims.size() - 1)) {
            matrix *= dim;
        }
        if (dims.size() > MOST_DIMS || matrix > Integer.MAX_VALUE || dims.getLast() > Integer.MAX_VALUE) {
            throw GgufException.of(
                    file.name(),
                    "a weight has up to %d dimensions, and a matrix fewer than 2^31 elements: tensor=%s, dims=%s",
                    MOST_DIMS,
                    tensor.name(),
                    dims);
        }
        return Shape.of(dims.reversed().stream().mapToInt(Long::intValue).toArray());
    }
}
