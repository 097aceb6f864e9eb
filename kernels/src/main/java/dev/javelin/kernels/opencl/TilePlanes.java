package dev.javelin.kernels.opencl;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;

/**
 * One tile of a weight while its rows are written. The units of a tile are ordered by their place in the row first and by row
 * second, so that work-items that take a row each read neighbouring memory. For one thread.
 */
final class TilePlanes {
    private static final ValueLayout.OfShort I16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt I32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong I64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final List<PlaneUnits> units;
    private final List<MemorySegment> planes;
    private int row;

    TilePlanes(List<PlaneUnits> units, List<MemorySegment> planes) {
        this.units = units;
        this.planes = planes;
    }

    /** What is put from now on belongs to that row of the tile. */
    void row(int of) {
        row = of;
    }

    void putByte(int plane, int unit, int offset, int value) {
        planes.get(plane).set(ValueLayout.JAVA_BYTE, at(plane, unit) + offset, (byte) value);
    }

    void putShort(int plane, int unit, int offset, int value) {
        planes.get(plane).set(I16, at(plane, unit) + offset, (short) value);
    }

    void putInt(int plane, int unit, int offset, int value) {
        planes.get(plane).set(I32, at(plane, unit) + offset, value);
    }

    void putLong(int plane, int unit, int offset, long value) {
        planes.get(plane).set(I64, at(plane, unit) + offset, value);
    }

    /** Fills a unit of 16 bytes. */
    void put16(int plane, int unit, long low, long high) {
        putLong(plane, unit, 0, low);
        putLong(plane, unit, Long.BYTES, high);
    }

    private long at(int plane, int unit) {
        return ((long) unit * Packing.TILE + row) * units.get(plane).bytes();
    }
}
