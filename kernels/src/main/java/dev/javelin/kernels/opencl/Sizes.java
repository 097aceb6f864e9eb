package dev.javelin.kernels.opencl;

import dev.javelin.kernels.gpu.DeviceTraits;

/**
 * Sizes of groups on one device. Each is used for as many kernels as possible, since some drivers build a kernel anew for each
 * size.
 *
 * @param gpu whether it is one: then rows need not come out bit for bit the same whatever is beside them
 * @param integerDot whether products may use integer dot products
 * @param items work-items of a group that does something element by element
 * @param reducers work-items of a group that finds one number of a row; a power of two
 * @param rows rows of weights that a group works on; a part of a tile
 * @param splits parts of each of those rows that it works on at the same time
 * @param attention work-items of a group of attention; a power of two
 * @param side work-items of either side of a group of a tiled product
 * @param untiled most rows of activations for which products are not tiled
 * @param parallel groups that keep the device busy
 */
record Sizes(
        boolean gpu,
        boolean integerDot,
        int items,
        int reducers,
        int rows,
        int splits,
        int attention,
        int side,
        int untiled,
        int parallel) {

    /** Of attention, for each compute unit: few have so many at once. */
    private static final int GROUPS_PER_UNIT = 8;

    /** Half a tile: 256 neighbouring bytes of quants at a time, and twice as many groups where matrices have few rows. */
    static final int ROWS = 16;

    /** Twice the columns of a product that is not tiled: weights are then read twice, which many devices hardly feel. */
    private static final int UNTILED = 16;

    static Sizes of(DeviceTraits traits, Tuning tuning) {
        int most = Integer.highestOneBit(traits.groupSize());
        if (traits.cpu()) { // a group runs on one thread: what its items share costs time there
            return new Sizes(
                    false,
                    false,
                    Math.min(64, most),
                    Math.min(16, most),
                    Packing.TILE,
                    2,
                    Math.min(32, most),
                    8,
                    Integer.MAX_VALUE,
                    1);
        }
        return new Sizes(
                true,
                traits.integerDot(),
                Math.min(64, most),
                Math.min(256, most),
                tuning.rows(),
                Math.clamp(most / tuning.rows(), 1, 16),
                Math.min(64, most),
                tuning.side(),
                UNTILED,
                GROUPS_PER_UNIT * traits.computeUnits());
    }
}
