package dev.javelin.cpu;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.javelin.api.Format;
import dev.javelin.api.Shape;
import dev.javelin.api.Tensor;
import dev.javelin.kernels.format.Codec;
import dev.javelin.kernels.format.Codecs;
import dev.javelin.kernels.host.Placing;
import java.lang.foreign.MemorySegment;

/** A matrix in panels, see {@link PanelLayout}. One copy serves products with one token and with many, and gathering. */
final class Panels implements Matrix {
    private static final int BYTES_PER_ITEM = 1 << 20;

    private final PanelMath math;
    private final PanelLayout layout;
    private final Codec codec;
    private final int rows;
    private final int columns;
    private final int lanes;
    private final int units;
    private final int unitsPerTile;
    private final long panelBytes;
    private final MemorySegment data;

    private Panels(PanelMath math, Shape shape, int lanes, MemorySegment data) {
        this.math = math;
        this.layout = math.layout();
        this.codec = Codecs.of(layout.format());
        this.rows = shape.size(shape.rank() - 2);
        this.columns = shape.size(shape.rank() - 1);
        this.lanes = lanes;
        this.units = layout.units(columns);
        this.unitsPerTile = Tile.LENGTH / layout.unitLength();
        this.panelBytes = layout.panelBytes(columns, lanes);
        this.data = data;
    }

    /** Bytes that a matrix, or a stack of them, takes in this form. */
    static long bytes(Shape shape, PanelLayout layout, int lanes) {
        int rows = shape.size(shape.rank() - 2);
        int matrices = shape.rank() == 3 ? shape.size(0) : 1;
        return Math.multiplyExact(
                Math.multiplyExact((long) matrices, Math.ceilDiv(rows, lanes)),
                layout.panelBytes(shape.size(shape.rank() - 1), lanes));
    }

    /** Copies the tensor, on all threads of the pool. */
    static Panels pack(Tensor tensor, PanelMath math, int lanes, Placing placing, WorkerPool pool) {
        MemorySegment data = placing.allocate(bytes(tensor.shape(), math.layout(), lanes));
        Panels panels = new Panels(math, tensor.shape(), lanes, data);
        int matrices = (int) (tensor.rows() / panels.rows);
        int all = Math.multiplyExact(matrices, panels.panels());
        int perItem = Math.clamp(BYTES_PER_ITEM / panels.panelBytes, 1, all);
        pool.run(
                (item, worker) -> {
                    long bytes = 0;
                    for (int panel = item * perItem; panel < Math.min(all, (item + 1) * perItem); panel++) {
                        bytes += panels.packPanel(tensor, panel);
                    }
                    placing.advance(bytes);
                },
                Math.ceilDiv(all, perItem));
        return panels;
    }

    private long packPanel(Tensor tensor, int panel) {
        int first = panel % panels() * lanes;
        int count = Math.min(lanes, rows - first);
        long row = (long) (panel / panels()) * rows + first;
        layout.pack(tensor, row, count, data, panel * panelBytes, lanes);
        return count * tensor.rowBytes();
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
        return units * layout.unitLength();
    }

    @Override
    public int chain() {
        return math.chain();
    }

    @Override
    public PanelMath.Form form() {
        return math.form();
    }

    Format format() {
        return layout.format();
    }

    /** Adds the products of one panel with as many tokens as the arithmetic takes to {@code out}, see {@link PanelMath#multiply}. */
    void multiply(
            PanelMath by,
            int tokens,
            int matrix,
            int panel,
            float[] x,
            int xAt,
            float[] sums,
            int sumsAt,
            float[] out,
            int outAt,
            Workspace.Worker worker) {
        int chainsPerUnit = layout.unitLength() / math.chain();
        for (int unit = 0; unit < units; unit += unitsPerTile) {
            int count = Math.min(unitsPerTile, units - unit);
            long at = at(matrix, panel) + unit * unitBytes();
            math.scales(data, at, count, worker.tile());
            by.multiply(
                    data,
                    at,
                    count,
                    worker.tile(),
                    x,
                    xAt + unit * layout.unitLength() * tokens,
                    sums,
                    sumsAt + unit * chainsPerUnit * tokens,
                    out,
                    outAt);
        }
    }

    @Override
    public int fill(int matrix, int panel, int k, Workspace.Worker worker) {
        int unit = k / layout.unitLength();
        int count = Math.min(unitsPerTile, units - unit);
        long at = at(matrix, panel) + unit * unitBytes();
        math.scales(data, at, count, worker.tile());
        math.decode(data, at, count, worker.tile());
        return count * layout.unitLength();
    }

    @Override
    public void gather(int row, float factor, MemorySegment out, long at, Workspace.Worker worker) {
        float[] weights = worker.row();
        long lane = at(0, row / lanes) + (long) (row % lanes) * Integer.BYTES;
        for (int unit = 0; unit < units; unit++) {
            layout.unpack(data, lane + unit * unitBytes(), lanes, worker.unit());
            int first = unit * layout.unitLength();
            int count = Math.min(layout.unitLength(), columns - first);
            codec.decode(worker.unit(), 0, weights, 0, count);
            for (int i = 0; i < count; i++) {
                out.set(JAVA_FLOAT, at + (long) (first + i) * Float.BYTES, weights[i] * factor);
            }
        }
    }

    private long at(int matrix, int panel) {
        return ((long) matrix * panels() + panel) * panelBytes;
    }

    private long unitBytes() {
        return (long) layout.words() * Integer.BYTES * lanes;
    }
}
