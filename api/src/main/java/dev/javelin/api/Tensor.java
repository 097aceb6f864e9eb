package dev.javelin.api;

import java.lang.foreign.MemorySegment;

/**
 * Numbers in host memory and how to read them: rows of whole blocks, each {@code rowStride} bytes after the one before.
 *
 * <p>A slice of rows or of columns is a tensor over the same memory, so a shard needs no copy. The memory's owner keeps it
 * alive; see {@link WeightSource}.
 *
 * @param shape of constants; the last dimension is the row
 * @param data begins with the first row
 */
public record Tensor(String name, Format format, Shape shape, MemorySegment data, long rowStride) {

    public Tensor {
        Check.that(shape.fixed(), "a tensor has a constant shape: tensor=%s, shape=%s", name, shape);
        long rowBytes = format.bytes(shape.size(shape.rank() - 1));
        long rows = shape.elements() / shape.size(shape.rank() - 1);
        Check.that(
                rowStride >= rowBytes,
                "rows must not overlap: tensor=%s, rowStride=%d, rowBytes=%d",
                name,
                rowStride,
                rowBytes);
        long end = Math.addExact(Math.multiplyExact(rows - 1, rowStride), rowBytes);
        Check.that(
                end <= data.byteSize(),
                "the memory must hold all rows: tensor=%s, bytesNeeded=%d, bytes=%d",
                name,
                end,
                data.byteSize());
    }

    /** Rows that follow each other without a gap. */
    public Tensor(String name, Format format, Shape shape, MemorySegment data) {
        this(name, format, shape, data, format.bytes(shape.size(shape.rank() - 1)));
    }

    /** All rows, over all dimensions but the last. */
    public long rows() {
        return shape.elements() / columns();
    }

    /** Elements of a row. */
    public int columns() {
        return shape.size(shape.rank() - 1);
    }

    /** Bytes of a row, without what may lie between rows. */
    public long rowBytes() {
        return format.bytes(columns());
    }

    /** The bytes of one row. */
    public MemorySegment row(long row) {
        return data.asSlice(Math.multiplyExact(row, rowStride), rowBytes());
    }

    /** The matrix rows from {@code from} up to, not including, {@code to}. */
    public Tensor sliceRows(int from, int to) {
        Check.that(shape.rank() <= 2, "rows are cut from a matrix: tensor=%s, shape=%s", name, shape);
        Check.that(
                0 <= from && from < to && to <= rows(),
                "the slice must lie within the tensor: tensor=%s, from=%d, to=%d, rows=%d",
                name,
                from,
                to,
                rows());
        return new Tensor(name, format, Shape.of(to - from, columns()), data.asSlice(from * rowStride), rowStride);
    }

    /** The columns from {@code from} up to, not including, {@code to} of every row; both at borders of blocks. */
    public Tensor sliceColumns(int from, int to) {
        Check.that(
                0 <= from && from < to && to <= columns(),
                "the slice must lie within the tensor: tensor=%s, from=%d, to=%d, columns=%d",
                name,
                from,
                to,
                columns());
        int[] sizes = new int[shape.rank()];
        for (int i = 0; i < sizes.length - 1; i++) {
            sizes[i] = shape.size(i);
        }
        sizes[sizes.length - 1] = to - from;
        return new Tensor(name, format, Shape.of(sizes), data.asSlice(format.bytes(from)), rowStride);
    }
}
