package dev.javelin.runtime.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Hashes and compares bytes, eight at a time; arrays must be padded by {@link Utf8#PADDING}. */
final class TokenHash {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private TokenHash() {}

    static long of(byte[] bytes, int from, int end) {
        long hash = (end - from) * MULTIPLIER;
        int at = from;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            hash = mix(hash ^ (long) LONG.get(bytes, at));
        }
        return at == end ? hash : mix(hash ^ rest(bytes, at, end));
    }

    static boolean same(byte[] a, int atA, byte[] b, int atB, int length) {
        int i = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES) {
            if ((long) LONG.get(a, atA + i) != (long) LONG.get(b, atB + i)) {
                return false;
            }
        }
        return i == length || rest(a, atA + i, atA + length) == rest(b, atB + i, atB + length);
    }

    static long mix(long value) {
        long product = value * MULTIPLIER;
        return product ^ product >>> 32;
    }

    /** The last one to seven bytes. */
    private static long rest(byte[] bytes, int at, int end) {
        return (long) LONG.get(bytes, at) & (-1L >>> (Long.SIZE - Byte.SIZE * (end - at)));
    }
}
