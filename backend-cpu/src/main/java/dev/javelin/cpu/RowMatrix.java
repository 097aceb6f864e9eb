package dev.javelin.cpu;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.javelin.api.Tensor;
import dev.javelin.kernels.format.Codec;
import dev.javelin.kernels.format.Codecs;
import java.lang.foreign.MemorySegment;

/**
 * A matrix that stays where the source has it. Its codec decodes one tile at a time: slow, but right for every format, and
 * without a copy where rows are only gathered.
 */
final class RowMatrix implements Matrix {
    static final int CHAIN = 32;

    private final Tensor tensor;
    private final Codec codec;
    private final int rows;
    private final int columns;
    private final int lanes;

    RowMatrix(Tensor tensor, int lanes) {
        this.tensor = tensor;
        this.codec = Codecs.of(tensor.format());
        this.rows = tensor.shape().size(tensor.shape().rank() - 2);
        this.columns = tensor.columns();
        this.lanes = lanes;
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int panels() {
        return Math.ceilDiv(rows, lanes);
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public int length() {
        return length(columns);
    }

    /** The length of rows of so many columns. */
    static int length(int columns) {
        return Math.ceilDiv(columns, CHAIN) * CHAIN;
    }

    @Override
    public int chain() {
        return CHAIN;
    }

    @Override
    public PanelMath.Form form() {
        return PanelMath.Form.PLAIN;
    }

    @Override
    public int fill(int matrix, int panel, int k, Workspace.Worker worker) {
        int present = Math.min(Tile.LENGTH, columns - k);
        int count = Math.min(Tile.LENGTH, length() - k);
        int first = panel * lanes;
        for (int lane = 0; lane < Math.min(lanes, rows - first); lane++) {
            decode((long) matrix * rows + first + lane, k, present, worker.row());
            put(worker.row(), present, count, worker.tile(), (long) lane * Float.BYTES);
        }
        return count;
    }

    private void put(float[] weights, int present, int count, MemorySegment tile, long at) {
        long stride = (long) lanes * Float.BYTES;
        for (int i = 0; i < count; i++) {
            tile.set(JAVA_FLOAT, at + i * stride, i < present ? weights[i] : 0);
        }
    }

    @Override
    public void gather(int row, float factor, MemorySegment out, long at, Workspace.Worker worker) {
        float[] weights = worker.row();
        for (int k = 0; k < columns; k += Tile.LENGTH) {
            int count = Math.min(Tile.LENGTH, columns - k);
            decode(row, k, count, weights);
            for (int i = 0; i < count; i++) {
                out.set(JAVA_FLOAT, at + (long) (k + i) * Float.BYTES, weights[i] * factor);
            }
        }
    }

    private void decode(long row, int k, int count, float[] to) {
        codec.decode(tensor.data(), row * tensor.rowStride() + tensor.format().bytes(k), to, 0, count);
    }
}
