package dev.javelin.kernels.gpu;

import dev.javelin.api.Shape;
import dev.javelin.api.Tensor;
import dev.javelin.api.Value;
import dev.javelin.kernels.device.Bytes;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * How the rows of one weight are cut into the tiles of its form.
 *
 * @param matrices of a stack, else 1
 * @param rows of one matrix
 */
record Tiling(WeightForm form, int matrices, int rows) {

    static Tiling of(WeightForm form, Value weight) {
        Shape shape = weight.shape();
        return switch (shape.rank()) {
            case 1 -> new Tiling(form, 1, 1);
            case 2 -> new Tiling(form, 1, shape.size(0));
            default -> new Tiling(form, shape.size(0), shape.size(1));
        };
    }

    /** Tiles of one matrix. */
    private int tilesOfMatrix() {
        return Math.ceilDiv(rows, form.tileRows());
    }

    /** All tiles. */
    long tiles() {
        return (long) matrices * tilesOfMatrix();
    }

    /** Bytes of one plane. */
    long planeBytes(int plane) {
        return Bytes.times(tiles(), form.planeBytes().get(plane));
    }

    /** Bytes of all planes. */
    long bytes() {
        long sum = 0;
        for (int plane = 0; plane < form.planeBytes().size(); plane++) {
            sum = Bytes.sum(sum, planeBytes(plane));
        }
        return sum;
    }

    /** Bytes of one tile in all planes. */
    long tileBytes() {
        return form.planeBytes().stream().reduce(0L, Bytes::sum);
    }

    /** Rows of the tile, fewer at the end of a matrix. */
    int rowsOf(long tile) {
        int first = Math.toIntExact(tile % tilesOfMatrix()) * form.tileRows();
        return Math.min(form.tileRows(), rows - first);
    }

    /** Writes one tile; the planes hold the tiles from {@code first} on. */
    void write(Tensor tensor, long tile, long first, List<MemorySegment> planes) {
        List<MemorySegment> parts = new ArrayList<>();
        int full = rowsOf(tile);
        for (int plane = 0; plane < planes.size(); plane++) {
            long bytes = form.planeBytes().get(plane);
            MemorySegment part = planes.get(plane).asSlice((tile - first) * bytes, bytes);
            if (full < form.tileRows()) {
                part.fill((byte) 0);
            }
            parts.add(part);
        }
        long matrix = tile / tilesOfMatrix();
        long row = matrix * rows + tile % tilesOfMatrix() * form.tileRows();
        form.writer().write(tensor, row, full, parts);
    }
}
