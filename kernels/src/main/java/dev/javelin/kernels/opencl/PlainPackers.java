package dev.javelin.kernels.opencl;

import dev.javelin.api.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Formats without blocks: 16 bytes at a time count as one, and the last may be filled up with zeros. */
final class PlainPackers {

    /** Bytes that are packed together. */
    static final int UNIT = 16;

    private PlainPackers() {}

    static void pack(MemorySegment from, long at, int block, TilePlanes to) {
        to.put16(0, block, BlockBits.i64(from, at), BlockBits.i64(from, at + Long.BYTES));
    }

    /**
     * Packs what is left of a row that begins at byte {@code row}, and fills its last chunk up.
     *
     * @param whole units that are packed already
     * @param units of the row, the last chunk included
     */
    static void packRest(Tensor tensor, long row, int whole, int units, TilePlanes to) {
        long from = (long) whole * UNIT;
        for (int unit = whole; unit < units; unit++) {
            to.put16(0, unit, 0, 0);
        }
        for (long at = from; at < tensor.rowBytes(); at++) {
            to.putByte(0, whole, (int) (at - from), tensor.data().get(ValueLayout.JAVA_BYTE, row + at));
        }
    }
}
