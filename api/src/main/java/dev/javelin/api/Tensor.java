package dev.javelin.api;

import java.lang.foreign.MemorySegment;

/**
 * Numbers in host memory and how to read them: rows of whole blocks, each {@code rowStride} bytes after the one before.
 *
 * <p>A slice of rows or of columns is a tensor over the same memory, so a shard needs no copy. The memory's owner keeps it
 * alive; see {@link WeightSource}.
 *
 * @param shape of constants; the last dimension is the row
 * @param data begins with the first row and, once the tensor is made, ends with the last
 */
public record Tensor(String name, Format format, Shape shape, MemorySegment data, long rowStride) {

    public Tensor {
        Check.that(shape.fixed(), "a tensor has a constant shape: tensor=%s, shape=%s", name, shape);
        int columns = shape.size(shape.rank() - 1);
        Check.that(
                columns % format.blockLength() == 0,
                "rows must be whole blocks: tensor=%s, shape=%s, format=%s, blockLength=%d",
                name,
                shape,
                format,
                format.blockLength());
        long rowBytes = format.bytes(columns);
        long rows = shape.elements() / columns;
        Check.that(
                rowStride >= rowBytes,
                "rows must not overlap: tensor=%s, rowStride=%d, rowBytes=%d",
                name,
                rowStride,
                rowBytes);
        Check.that( // a division, because the product may not fit
                rowBytes <= data.byteSize() && (data.byteSize() - rowBytes) / rowStride >= rows - 1,
                "the memory must hold all rows: tensor=%s, rows=%d, rowStride=%d, rowBytes=%d, bytes=%d",
                name,
                rows,
                rowStride,
                rowBytes,
                data.byteSize());
        data = data.asSlice(0, (rows - 1) * rowStride + rowBytes);
    }

    /** Rows that follow each other without a gap. */
    public Tensor(String name, Format format, Shape shape, MemorySegment data) {
        this(
                name,
                format,
                shape,
                data,
                (long) shape.size(shape.rank() - 1) / format.blockLength() * format.blockBytes());
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
        requireWithin("rows", from, to, rows());
        return new Tensor(name, format, Shape.of(to - from, columns()), data.asSlice(from * rowStride), rowStride);
    }

    /** The matrices from {@code from} up to, not including, {@code to} of a stack of them, such as some of many experts. */
    public Tensor sliceMatrices(int from, int to) {
        Check.that(shape.rank() == 3, "matrices are cut from a stack of them: tensor=%s, shape=%s", name, shape);
        requireWithin("matrices", from, to, shape.size(0));
        Shape cut = Shape.of(to - from, shape.size(1), shape.size(2));
        return new Tensor(name, format, cut, data.asSlice(from * (shape.size(1) * rowStride)), rowStride);
    }

    /** The columns from {@code from} up to, not including, {@code to} of every row; both at borders of blocks. */
    public Tensor sliceColumns(int from, int to) {
        requireWithin("columns", from, to, columns());
        int block = format.blockLength();
        Check.that(
                from % block == 0 && to % block == 0,
                "columns are cut at borders of blocks: tensor=%s, from=%d, to=%d, format=%s, blockLength=%d",
                name,
                from,
                to,
                format,
                block);
        int[] sizes = new int[shape.rank()];
        for (int i = 0; i < sizes.length - 1; i++) {
            sizes[i] = shape.size(i);
        }
        sizes[sizes.length - 1] = to - from;
        return new Tensor(name, format, Shape.of(sizes), data.asSlice(format.bytes(from)), rowStride);
    }

    private void requireWithin(String what, int from, int to, long count) {
        Check.that(
                0 <= from && from < to && to <= count,
                "the slice must lie within the tensor: tensor=%s, from=%d, to=%d, %s=%d",
                name,
                from,
                to,
                what,
                count);
    }
}
