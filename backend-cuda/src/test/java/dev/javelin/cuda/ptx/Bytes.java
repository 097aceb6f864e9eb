package dev.javelin.cuda.ptx;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in arrays of bytes, as the device orders them. */
final class Bytes {
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Bytes() {}

    /** The bits of 1, 2, 4 or 8 bytes, zeros above. */
    static long get(byte[] bytes, int at, int count) {
        return switch (count) {
            case 1 -> bytes[at] & 0xff;
            case 2 -> (short) SHORTS.get(bytes, at) & 0xffff;
            case 4 -> getInt(bytes, at) & 0xffff_ffffL;
            default -> (long) LONGS.get(bytes, at);
        };
    }

    static int getInt(byte[] bytes, int at) {
        return (int) INTS.get(bytes, at);
    }

    static void put(byte[] bytes, int at, int count, long bits) {
        switch (count) {
            case 1 -> bytes[at] = (byte) bits;
            case 2 -> SHORTS.set(bytes, at, (short) bits);
            case 4 -> INTS.set(bytes, at, (int) bits);
            default -> LONGS.set(bytes, at, bits);
        }
    }
}
