package dev.javelin.kernels.opencl;

/**
 * What a plane of a weight is made of: units of so many bytes, each of which belongs to so many weights of a row.
 *
 * @param bytes 1, 2, 4, 8 or 16, and as aligned as that
 * @param weights a part or a multiple of a chunk of 32
 */
record PlaneUnits(int bytes, int weights) {

    /** Units of a row of so many chunks. */
    int perRow(int chunks) {
        return Math.ceilDiv(chunks * Packing.CHUNK, weights);
    }
}
