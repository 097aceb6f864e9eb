package dev.javelin.kernels.opencl;

import dev.javelin.api.Format;
import dev.javelin.api.Tensor;
import dev.javelin.api.Value;
import dev.javelin.kernels.device.WeightUse;
import dev.javelin.kernels.gpu.Arg;
import dev.javelin.kernels.gpu.WeightForm;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the weights of one format lie on a device: which planes there are and how blocks get into them. {@code weights.cl} draws
 * it. Nothing is rounded, so a weight is the same number as before. Immutable.
 *
 * @param text the kernel text that reads the planes
 * @param defines what it is built with
 * @param codes the lattice that code words name, or null
 */
record Packing(
        Format format,
        String text,
        Map<String, String> defines,
        List<PlaneUnits> units,
        Arg.@Nullable Table codes,
        BlockPacker packer) {

    /** Rows of a tile: as many neighbouring work-items take a row each. */
    static final int TILE = 32;

    /** Weights that are decoded together. */
    static final int CHUNK = 32;

    /** Planes that a kernel takes; those that a format lacks are never read. */
    static final int PLANES = 4;

    /** Chunks of a row of so many weights; the last one may be filled up with zeros. */
    static int chunks(int columns) {
        return Math.ceilDiv(columns, CHUNK);
    }

    /** Whether the weight is read otherwise than element by element. */
    static boolean packed(Set<WeightUse> uses) {
        return uses.stream().anyMatch(use -> use != WeightUse.VECTOR);
    }

    /** The form of a weight that is used as a matrix, with its plain numbers behind if it is used as a vector too. */
    WeightForm form(Value weight, boolean vector) {
        int columns = weight.shape().size(weight.shape().rank() - 1);
        int chunks = chunks(columns);
        List<Long> bytes = new ArrayList<>();
        units.forEach(plane -> bytes.add((long) plane.perRow(chunks) * TILE * plane.bytes()));
        if (vector) {
            bytes.add((long) columns * TILE * Float.BYTES);
        }
        return new WeightForm(TILE, bytes, (tensor, firstRow, rows, planes) -> {
            TilePlanes to = new TilePlanes(units, planes);
            for (int row = 0; row < rows; row++) {
                to.row(row);
                packRow(tensor, firstRow + row, to);
            }
            if (vector) {
                copyRows(tensor, firstRow, rows, planes.getLast());
            }
        });
    }

    /** The form of a weight that is only read element by element. */
    static WeightForm vectorForm(Value weight) {
        long bytes = weight.format().bytes(weight.shape().size(weight.shape().rank() - 1));
        return new WeightForm(
                1,
                List.of(bytes),
                (tensor, firstRow, rows, planes) -> copyRows(tensor, firstRow, rows, planes.getFirst()));
    }

    private void packRow(Tensor tensor, long row, TilePlanes to) {
        int blockLength = Math.max(format.blockLength(), PlainPackers.UNIT / format.blockBytes());
        long blockBytes = format.bytes(blockLength);
        long at = row * tensor.rowStride();
        int whole = tensor.columns() / blockLength;
        for (int block = 0; block < whole; block++) {
            packer.pack(tensor.data(), at + block * blockBytes, block, to);
        }
        if (format.blockLength() == 1) {
            PlainPackers.packRest(tensor, at, whole, units.getFirst().perRow(chunks(tensor.columns())), to);
        }
    }

    private static void copyRows(Tensor tensor, long firstRow, int rows, MemorySegment to) {
        long bytes = tensor.rowBytes();
        for (int row = 0; row < rows; row++) {
            MemorySegment.copy(tensor.data(), (firstRow + row) * tensor.rowStride(), to, row * bytes, bytes);
        }
    }
}
