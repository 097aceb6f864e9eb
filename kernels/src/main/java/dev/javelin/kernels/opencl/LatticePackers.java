package dev.javelin.kernels.opencl;

import static dev.javelin.kernels.opencl.BlockBits.i32;
import static dev.javelin.kernels.opencl.BlockBits.i64;
import static dev.javelin.kernels.opencl.BlockBits.u16;
import static dev.javelin.kernels.opencl.BlockBits.u8;

import dev.javelin.kernels.format.Lattice;
import dev.javelin.kernels.gpu.Arg;
import java.lang.foreign.MemorySegment;
import java.util.function.Supplier;

/** The IQ formats whose code words name points of a lattice: 256 weights, of which a chunk takes an eighth of each field. */
final class LatticePackers {
    private static final int CHUNKS = 8;

    private LatticePackers() {}

    /** The points of a lattice, a byte for each coordinate. */
    static Arg.Table points(String name, Supplier<Lattice> lattice) {
        return new Arg.Table("lattice " + name, () -> {
            Lattice points = lattice.get();
            byte[] coordinates = new byte[points.size() * points.dimensions()];
            for (int i = 0; i < coordinates.length; i++) {
                coordinates[i] = (byte) points.get(i / points.dimensions(), i % points.dimensions());
            }
            return coordinates;
        });
    }

    static void iq1_s(MemorySegment from, long at, int block, TilePlanes to) {
        for (int chunk = 0; chunk < CHUNKS; chunk++) {
            to.putInt(0, CHUNKS * block + chunk, 0, i32(from, at + 2 + 4L * chunk));
            to.putShort(1, CHUNKS * block + chunk, 0, u16(from, at + 34 + 2L * chunk));
        }
        to.putShort(2, block, 0, u16(from, at));
    }

    static void iq1_m(MemorySegment from, long at, int block, TilePlanes to) {
        int scale = 0;
        for (int i = 0; i < 4; i++) {
            scale |= (u16(from, at + 48 + 2L * i) >> 12) << (4 * i);
        }
        for (int chunk = 0; chunk < CHUNKS; chunk++) {
            to.putInt(0, CHUNKS * block + chunk, 0, i32(from, at + 4L * chunk));
            to.putShort(1, CHUNKS * block + chunk, 0, u16(from, at + 32 + 2L * chunk));
            int scales = u16(from, at + 48 + chunk / 2 * 2L) >> (chunk % 2 * 6);
            to.putByte(2, CHUNKS * block + chunk, 0, scales & 0x3F);
        }
        to.putShort(3, block, 0, scale);
    }

    static void iq2_xxs(MemorySegment from, long at, int block, TilePlanes to) {
        for (int chunk = 0; chunk < CHUNKS; chunk++) {
            to.putLong(0, CHUNKS * block + chunk, 0, i64(from, at + 2 + 8L * chunk));
        }
        to.putShort(1, block, 0, u16(from, at));
    }

    static void iq2_xs(MemorySegment from, long at, int block, TilePlanes to) {
        for (int chunk = 0; chunk < CHUNKS; chunk++) {
            to.putLong(0, CHUNKS * block + chunk, 0, i64(from, at + 2 + 8L * chunk));
            to.putByte(1, CHUNKS * block + chunk, 0, u8(from, at + 66 + chunk));
        }
        to.putShort(2, block, 0, u16(from, at));
    }

    static void iq2_s(MemorySegment from, long at, int block, TilePlanes to) {
        for (int chunk = 0; chunk < CHUNKS; chunk++) {
            to.putInt(0, CHUNKS * block + chunk, 0, i32(from, at + 2 + 4L * chunk));
            to.putInt(1, CHUNKS * block + chunk, 0, i32(from, at + 34 + 4L * chunk));
            to.putByte(2, CHUNKS * block + chunk, 0, u8(from, at + 66 + chunk));
            to.putByte(2, CHUNKS * block + chunk, 1, u8(from, at + 74 + chunk));
        }
        to.putShort(3, block, 0, u16(from, at));
    }

    static void iq3_xxs(MemorySegment from, long at, int block, TilePlanes to) {
        for (int chunk = 0; chunk < CHUNKS; chunk++) {
            to.putLong(0, CHUNKS * block + chunk, 0, i64(from, at + 2 + 8L * chunk));
            to.putInt(1, CHUNKS * block + chunk, 0, i32(from, at + 66 + 4L * chunk));
        }
        to.putShort(2, block, 0, u16(from, at));
    }

    static void iq3_s(MemorySegment from, long at, int block, TilePlanes to) {
        for (int chunk = 0; chunk < CHUNKS; chunk++) {
            to.putLong(0, CHUNKS * block + chunk, 0, i64(from, at + 2 + 8L * chunk));
            to.putInt(1, CHUNKS * block + chunk, 0, i32(from, at + 74 + 4L * chunk));
            to.putByte(2, CHUNKS * block + chunk, 0, u8(from, at + 66 + chunk));
            to.putByte(2, CHUNKS * block + chunk, 1, (u8(from, at + 106 + chunk / 2) >> (chunk % 2 * 4)) & 0xF);
        }
        to.putShort(3, block, 0, u16(from, at));
    }
}
