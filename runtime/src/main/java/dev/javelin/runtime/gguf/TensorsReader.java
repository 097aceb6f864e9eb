package dev.javelin.runtime.gguf;

import dev.javelin.api.Format;
import dev.javelin.api.UnsupportedFormatException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a header says of tensors, and looks whether it can be true.
 *
 * <p>What makes the header itself unreadable is thrown; what is wrong with a tensor is a fault, which leaves the others
 * readable.
 */
final class TensorsReader {

    /** The largest models have some 2,000. */
    static final int MOST_TENSORS = 1 << 16;
    /** As in ggml, which keeps names in 64 bytes with a zero at the end. */
    static final int LONGEST_NAME = 63;

    static final int MOST_DIMS = 4;
    /** A name without a single byte, one dimension, format and offset. */
    static final int LEAST_BYTES = Long.BYTES + Integer.BYTES + Long.BYTES + Integer.BYTES + Long.BYTES;

    /** A size or place that cannot be known. */
    static final long UNKNOWN = -1;

    private record TensorInfo(String name, List<Long> dims, int formatId, long offset) {}

    private final GgufCursor cursor;
    private final String file;
    private final int part;
    private final List<TensorInfo> infos = new ArrayList<>();
    private final List<GgufTensor> tensors = new ArrayList<>();
    private final List<GgufFault> faults = new ArrayList<>();

    TensorsReader(GgufCursor cursor, String file, int part) {
        this.cursor = cursor;
        this.file = file;
        this.part = part;
    }

    List<GgufTensor> tensors() {
        return Collections.unmodifiableList(tensors);
    }

    List<GgufFault> faults() {
        return Collections.unmodifiableList(faults);
    }

    void read(long count) {
        Set<String> names = HashSet.newHashSet((int) count);
        for (long i = 0; i < count; i++) {
            TensorInfo info = readInfo(i);
            if (!names.add(info.name)) {
                throw cursor.fail("the tensor must occur once: tensor=%s", info.name);
            }
            infos.add(info);
        }
    }

    private TensorInfo readInfo(long index) {
        String name = cursor.readName("name of tensor " + index, LONGEST_NAME);
        String what = "tensor=" + name;
        int count = cursor.readInt(what);
        if (count < 1 || count > MOST_DIMS) {
            throw cursor.fail(
                    "a tensor has 1 to %d dimensions: %s, dimensions=%s",
                    MOST_DIMS, what, Integer.toUnsignedString(count));
        }
        List<Long> dims = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            dims.add(cursor.readLong(what));
        }
        return new TensorInfo(name, dims, cursor.readInt(what), cursor.readLong(what));
    }

    /** Checks the tensors one by one against the place of the data in the file. */
    void place(long data, int alignment, long fileBytes) {
        long room = Math.max(0, fileBytes - data);
        long next = 0;
        for (TensorInfo info : infos) {
            Format format = format(info);
            long bytes = format == null ? UNKNOWN : bytes(info, format);
            tensors.add(new GgufTensor(info.name, info.dims, info.formatId, format, part, info.offset, bytes));
            next = end(info, bytes, alignment, next, room);
        }
    }

    private @Nullable Format format(TensorInfo info) {
        try {
            return Format.ofGgufId(info.formatId);
        } catch (UnsupportedFormatException e) {
            faults.add(new GgufFault(info.name, e.getMessage() + ", tensor=" + info.name + ", file=" + file));
            return null;
        }
    }

    private long bytes(TensorInfo info, Format format) {
        long elements = 1;
        for (long dim : info.dims) {
            if (dim <= 0 || elements > Long.MAX_VALUE / dim) {
                fault(info, "dimensions must be > 0 and their product below 2^63", "dims=%s", info.dims);
                return UNKNOWN;
            }
            elements *= dim;
        }
        if (info.dims.getFirst() % format.blockLength() != 0) {
            fault(
                    info,
                    "rows must be whole blocks",
                    "dims=%s, format=%s, blockLength=%d",
                    info.dims,
                    format,
                    format.blockLength());
            return UNKNOWN;
        }
        if (elements / format.blockLength() > Long.MAX_VALUE / format.blockBytes()) {
            fault(info, "the size in bytes must be below 2^63", "dims=%s, format=%s", info.dims, format);
            return UNKNOWN;
        }
        return format.bytes(elements);
    }

    /** Checks where the data begin and end; returns where those of the next tensor must begin. */
    private long end(TensorInfo info, long bytes, int alignment, long begin, long room) {
        long offset = info.offset;
        if (offset < 0 || offset % alignment != 0) {
            fault(
                    info,
                    "offsets must be multiples of the alignment",
                    "offset=%s, alignment=%d",
                    Long.toUnsignedString(offset),
                    alignment);
            return UNKNOWN;
        }
        if (begin != UNKNOWN && offset != begin) {
            fault(info, "data must follow those of the tensor before", "offset=%d, expected=%d", offset, begin);
        } else if (bytes != UNKNOWN && (bytes > room || offset > room - bytes)) {
            fault(
                    info,
                    "data must lie within the file; download it again",
                    "offset=%d, bytes=%d, bytes of all data=%d",
                    offset,
                    bytes,
                    room);
        }
        if (bytes == UNKNOWN || offset > Long.MAX_VALUE - alignment - bytes) {
            return UNKNOWN;
        }
        return Math.ceilDiv(offset + bytes, alignment) * alignment;
    }

    private void fault(TensorInfo info, String rule, String values, Object... arguments) {
        String message = rule + ": tensor=" + info.name + ", " + String.format(Locale.ROOT, values, arguments);
        faults.add(new GgufFault(info.name, message + ", file=" + file));
    }
}
