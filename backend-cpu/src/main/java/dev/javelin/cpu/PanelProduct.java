package dev.javelin.cpu;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Products of a matrix with up to {@link Workspace#BATCH} rows, shared among the threads by panels.
 *
 * <p>First the rows are brought into the form that the inner loops read: groups of {@link PanelMath#FOUR} rows if there are few, of
 * {@link TileMath#TOKENS} if there are many, are interleaved, and what is left over stays as it is if it is little. Then each panel is
 * multiplied with all of them. How rows are grouped changes no result, see {@link PanelMath}.
 */
final class PanelProduct {
    /** Up to so many rows are cheaper in groups of {@link PanelMath#FOUR}, for each of which a panel is decoded anew. */
    private static final int FEW = 16;

    /** Multiply-adds that are worth waking a thread for. */
    private static final long WORK_PER_ITEM = 1 << 15;

    private static final int ITEMS_PER_THREAD = 8;

    private final Matrix matrix;
    private final @Nullable Panels panels;
    private final @Nullable PanelMath one;
    private final @Nullable PanelMath four;
    private final TileMath tiles;
    private final Threads threads;
    private final int lanes;
    private final int length;
    private final int chains;
    private final WorkerPool.Task packing = this::pack;
    private final WorkerPool.Task multiplying = this::multiply;

    private final MemorySegment x;
    private final MemorySegment out;
    private final @Nullable MemorySegment bias;
    private final @Nullable MemorySegment residual;

    // Of the batch under way.
    private final long[] xAt = new long[Workspace.BATCH];
    private final long[] outAt = new long[Workspace.BATCH];
    private int count;
    private int group;
    private int grouped;
    private int which;
    private float scale = 1;
    private int panelsPerItem;
    private float[] activations = {};
    private float[] sums = {};

    /**
     * @param bias added to the results, for each matrix of a stack as many as it has rows
     * @param residual added last, from the same place as the result
     */
    PanelProduct(
            Matrix matrix,
            WidthKernels kernels,
            Threads threads,
            MemorySegment x,
            MemorySegment out,
            @Nullable MemorySegment bias,
            @Nullable MemorySegment residual) {
        this.matrix = matrix;
        this.panels = matrix instanceof Panels packed ? packed : null;
        this.one = panels == null ? null : kernels.panels(panels.format());
        this.four = panels == null ? null : kernels.panelsOfFour(panels.format());
        this.tiles = kernels.tiles();
        this.threads = threads;
        this.lanes = kernels.width().lanes();
        this.length = matrix.length();
        this.chains = length / matrix.chain();
        this.x = x;
        this.out = out;
        this.bias = bias;
        this.residual = residual;
        threads.workspace().reserve(length, chains);
    }

    /** Adds a row to the batch: where it is, and where its result goes. */
    void add(long from, long to) {
        xAt[count] = from;
        outAt[count] = to;
        count++;
    }

    boolean isFull() {
        return count == Workspace.BATCH;
    }

    /** Multiplies the rows of the batch with one matrix of the stack, and begins a new batch. */
    void run(int matrixOfStack, float factor) {
        if (count == 0) {
            return;
        }
        try {
            multiply(matrixOfStack, factor);
        } finally {
            count = 0; // also after a failure: the next run begins with an empty batch
        }
    }

    private void multiply(int matrixOfStack, float factor) {
        which = matrixOfStack;
        scale = factor;
        activations = threads.workspace().activations();
        sums = threads.workspace().sums();
        group = four != null && count <= FEW ? PanelMath.FOUR : TileMath.TOKENS;
        int left = count % group;
        boolean leaves = one != null && left <= group / 4; // cheaper one by one than in a group with gaps
        grouped = leaves ? count - left : Math.ceilDiv(count, group) * group;
        int packs = grouped / group + Math.max(0, count - grouped);
        if ((long) count * length < WORK_PER_ITEM) {
            for (int item = 0; item < packs; item++) {
                pack(item, 0);
            }
        } else {
            threads.pool().run(packing, packs);
        }
        long work = (long) count * length * lanes;
        int fewest = Math.ceilDiv(matrix.panels(), threads.pool().threads() * ITEMS_PER_THREAD);
        panelsPerItem = Math.clamp(WORK_PER_ITEM / work, Math.max(1, fewest), matrix.panels());
        threads.pool().run(multiplying, Math.ceilDiv(matrix.panels(), panelsPerItem));
    }

    private void pack(int item, int worker) {
        int groups = grouped / group;
        if (item < groups) {
            for (int i = 0; i < group; i++) {
                packRow(item * group + i, item * group * length + i, item * group * chains + i, group);
            }
        } else {
            int row = grouped + item - groups;
            packRow(row, row * length, row * chains, 1);
        }
    }

    /** Copies a row, every {@code step}-th place, and adds up its chains, each in order. */
    private void packRow(int row, int at, int sumsAt, int step) {
        int columns = row < count ? matrix.columns() : 0;
        for (int k = 0; k < columns; k++) {
            activations[at + k * step] = x.get(JAVA_FLOAT, xAt[row] + (long) k * Float.BYTES);
        }
        for (int k = columns; k < length; k++) {
            activations[at + k * step] = 0;
        }
        if (matrix.form() == PanelMath.Form.OFFSET) {
            int chain = matrix.chain();
            for (int i = 0; i < chains; i++) {
                float sum = 0;
                for (int k = i * chain; k < (i + 1) * chain; k++) {
                    sum += activations[at + k * step];
                }
                sums[sumsAt + i * step] = sum;
            }
        }
    }

    private void multiply(int item, int number) {
        Workspace.Worker worker = threads.workspace().worker(number);
        int end = Math.min(matrix.panels(), (item + 1) * panelsPerItem);
        for (int panel = item * panelsPerItem; panel < end; panel++) {
            Arrays.fill(worker.products(), 0, Math.max(grouped, count) * lanes, 0);
            if (group == PanelMath.FOUR) {
                multiplyDecoding(four, PanelMath.FOUR, 0, grouped, panel, worker);
            } else {
                multiplyTiles(panel, worker);
            }
            multiplyDecoding(one, 1, grouped, count, panel, worker);
            for (int row = 0; row < count; row++) {
                finish(panel, row, worker.products());
            }
        }
    }

    /** Multiplies the rows, so many at a time, decoding the panel each time. */
    private void multiplyDecoding(
            @Nullable PanelMath by, int tokens, int from, int end, int panel, Workspace.Worker worker) {
        if (panels == null || by == null) {
            return;
        }
        for (int row = from; row < end; row += tokens) {
            panels.multiply(
                    by,
                    tokens,
                    which,
                    panel,
                    activations,
                    row * length,
                    sums,
                    row * chains,
                    worker.products(),
                    row * lanes,
                    worker);
        }
    }

    /** Multiplies the groups with a panel that is decoded once, piece by piece. */
    private void multiplyTiles(int panel, Workspace.Worker worker) {
        if (grouped == 0) {
            return;
        }
        int chain = matrix.chain();
        for (int k = 0; k < length; ) {
            int filled = matrix.fill(which, panel, k, worker);
            for (int row = 0; row < grouped; row += TileMath.TOKENS) {
                tiles.multiply(
                        worker.tile(),
                        filled / chain,
                        chain,
                        matrix.form(),
                        activations,
                        row * length + k * TileMath.TOKENS,
                        sums,
                        row * chains + k / chain * TileMath.TOKENS,
                        worker.held(),
                        worker.products(),
                        row * lanes);
            }
            k += filled;
        }
    }

    private void finish(int panel, int row, float[] products) {
        int first = panel * lanes;
        long to = outAt[row] + (long) first * Float.BYTES;
        long biasAt = ((long) which * matrix.rows() + first) * Float.BYTES;
        int present = matrix.rows() - first;
        if (present >= lanes) {
            tiles.finish(products, row * lanes, scale, bias, biasAt, residual, out, to);
            return;
        }
        for (int lane = 0; lane < present; lane++) { // the same steps without vectors, which would write too much
            long along = (long) lane * Float.BYTES;
            float result = products[row * lanes + lane] * scale;
            if (bias != null) {
                result += bias.get(JAVA_FLOAT, biasAt + along);
            }
            if (residual != null) {
                result += residual.get(JAVA_FLOAT, to + along);
            }
            out.set(JAVA_FLOAT, to + along, result);
        }
    }
}
