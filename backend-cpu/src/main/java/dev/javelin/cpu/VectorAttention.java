package dev.javelin.cpu;

import static dev.javelin.cpu.Lanes.ORDER;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.B2F;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.OR;
import static jdk.incubator.vector.VectorOperators.ZERO_EXTEND_S2I;

import dev.javelin.api.Format;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** {@link AttentionMath} with vectors. */
final class VectorAttention implements AttentionMath {
    private static final VectorSpecies<Float> F = Lanes.floats(MethodHandles.lookup());
    private static final VectorSpecies<Integer> I = Lanes.ints(MethodHandles.lookup());
    private static final VectorSpecies<Short> S = Lanes.shorts(MethodHandles.lookup());
    private static final VectorSpecies<Byte> B = Lanes.bytes(MethodHandles.lookup());
    private static final Class<? extends FloatVector> FLOATS = Lanes.floatClassOf(F);
    private static final Class<? extends IntVector> INTS = Lanes.intClassOf(I);
    private static final Class<? extends ShortVector> SHORTS =
            ShortVector.zero(S).getClass();
    private static final Class<? extends ByteVector> BYTES = ByteVector.zero(B).getClass();
    private static final int L = F.length();
    private static final int PARTS = B.length() / L;

    private static final ValueLayout.OfFloat F32 = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ORDER);
    private static final ValueLayout.OfShort F16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ORDER);
    private static final int Q8_0_LENGTH = 32;
    private static final int Q8_0_BYTES = 34;

    private static final VectorShuffle<Float> BY_8 = turn(8);
    private static final VectorShuffle<Float> BY_4 = turn(4);
    private static final VectorShuffle<Float> BY_2 = turn(2);
    private static final VectorShuffle<Float> BY_1 = turn(1);

    @Override
    public void decode(Format format, MemorySegment from, long at, int count, float[] to, int toAt) {
        switch (format) {
            case F32 -> MemorySegment.copy(from, F32, at, to, toAt, count);
            case F16 -> decodeF16(from, at, count, to, toAt);
            case Q8_0 -> decodeQ8_0(from, at, count, to, toAt);
            default -> throw new IllegalArgumentException("keys and values are not kept in this format: " + format);
        }
    }

    private static void decodeF16(MemorySegment from, long at, int count, float[] to, int toAt) {
        int i = 0;
        for (; i <= count - L; i += L) {
            ShortVector shorts =
                    SHORTS.cast(ShortVector.fromMemorySegment(S, from, at + (long) i * Short.BYTES, ORDER));
            IntVector half = INTS.cast(shorts.convertShape(ZERO_EXTEND_S2I, I, 0))
                    .lanewise(LSHL, Short.SIZE)
                    .lanewise(ASHR, HalfFloats.DOWN)
                    .and(HalfFloats.KEPT);
            VectorMask<Integer> special = half.and(HalfFloats.SPECIAL).compare(EQ, HalfFloats.SPECIAL);
            FloatVector finite = FLOATS.cast(half.reinterpretAsFloats()).mul(HalfFloats.SCALE);
            IntVector bits = INTS.cast(finite.reinterpretAsInts()).lanewise(OR, HalfFloats.INFINITY, special);
            FLOATS.cast(bits.reinterpretAsFloats()).intoArray(to, toAt + i);
        }
        for (; i < count; i++) {
            to[toAt + i] = Float.float16ToFloat(from.get(F16, at + (long) i * Short.BYTES));
        }
    }

    private static void decodeQ8_0(MemorySegment from, long at, int count, float[] to, int toAt) {
        for (int i = 0; i < count; i += B.length()) {
            long block = at + (long) (i / Q8_0_LENGTH) * Q8_0_BYTES;
            float d = Float.float16ToFloat(from.get(F16, block));
            long quants = block + Short.BYTES + i % Q8_0_LENGTH;
            ByteVector q = BYTES.cast(ByteVector.fromMemorySegment(B, from, quants, ORDER));
            FLOATS.cast(q.convertShape(B2F, F, 0)).mul(d).intoArray(to, toAt + i);
            if (PARTS == 2) { // a vector has at least eight bytes
                FLOATS.cast(q.convertShape(B2F, F, 1)).mul(d).intoArray(to, toAt + i + L);
            }
        }
    }

    @Override
    public void scores(
            float[] q,
            int qAt,
            float[] rows,
            int rowsAt,
            int count,
            int stride,
            float scale,
            float[] scores,
            int scoresAt) {
        for (int row = 0; row < count; row++) {
            FloatVector sum = FloatVector.zero(F);
            for (int i = 0; i < stride; i += L) {
                sum = FLOATS.cast(FloatVector.fromArray(F, q, qAt + i))
                        .fma(FloatVector.fromArray(F, rows, rowsAt + row * stride + i), sum);
            }
            // The sum of the lanes, in an order of our own: that of reduceLanes changes when code gets compiled.
            if (L > 8) {
                sum = FLOATS.cast(sum).add(FLOATS.cast(sum).rearrange(BY_8));
            }
            if (L > 4) {
                sum = FLOATS.cast(sum).add(FLOATS.cast(sum).rearrange(BY_4));
            }
            sum = FLOATS.cast(sum).add(FLOATS.cast(sum).rearrange(BY_2));
            sum = FLOATS.cast(sum).add(FLOATS.cast(sum).rearrange(BY_1));
            scores[scoresAt + row] = scale * FLOATS.cast(sum).lane(0);
        }
    }

    @Override
    public void mix(
            float[] shares,
            int sharesAt,
            float[] rows,
            int rowsAt,
            int count,
            int stride,
            float keep,
            float[] out,
            int outAt) {
        for (int i = 0; i < stride; i += L) {
            FloatVector sum =
                    FLOATS.cast(FloatVector.fromArray(F, out, outAt + i)).mul(keep);
            for (int row = 0; row < count; row++) {
                sum = FLOATS.cast(FloatVector.fromArray(F, rows, rowsAt + row * stride + i))
                        .lanewise(FMA, shares[sharesAt + row], sum);
            }
            FLOATS.cast(sum).intoArray(out, outAt + i);
        }
    }

    private static VectorShuffle<Float> turn(int by) {
        return VectorShuffle.fromOp(F, lane -> (lane + by) % F.length());
    }
}
