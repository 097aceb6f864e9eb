package dev.javelin.kernels.gpu;

import dev.javelin.api.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * How a weight lies on the device: in planes, each in a piece of memory of its own. The rows of each matrix are cut into tiles
 * of a constant number of rows, the last one filled up with zeros, and each plane has the same number of bytes for each tile.
 * So a weight is brought over tile by tile, and the kernels find a tile by its number. A vector is a matrix of one row; the
 * matrices of a stack follow each other, each beginning with a tile of its own.
 *
 * @param tileRows rows of a tile
 * @param planeBytes for each plane, its bytes for one tile
 * @param writer brings a tile into this form
 */
public record WeightForm(int tileRows, List<Long> planeBytes, TileWriter writer) {

    /** Brings tiles of one weight into the form that kernels read. Usable from several threads at once. */
    @FunctionalInterface
    public interface TileWriter {

        /**
         * Writes one tile.
         *
         * @param tensor the whole weight
         * @param firstRow of the tile, counted over all matrices of a stack
         * @param rows fewer than a tile has at the end of a matrix
         * @param planes where the tile goes in each plane; filled with zeros if the tile is not full, else with anything
         */
        void write(Tensor tensor, long firstRow, int rows, List<MemorySegment> planes);
    }

    public WeightForm {
        planeBytes = List.copyOf(planeBytes);
        if (tileRows <= 0 || planeBytes.isEmpty() || planeBytes.stream().anyMatch(bytes -> bytes <= 0)) {
            throw new IllegalArgumentException(
                    "a form has rows and planes: tileRows=%d, planeBytes=%s".formatted(tileRows, planeBytes));
        }
    }
}
