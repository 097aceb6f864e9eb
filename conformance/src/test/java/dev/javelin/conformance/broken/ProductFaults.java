package dev.javelin.conformance.broken;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.javelin.api.ExpertMatMul;
import dev.javelin.api.Format;
import dev.javelin.api.MatMul;
import dev.javelin.api.Op;
import dev.javelin.api.Precision;
import dev.javelin.api.Tensor;
import dev.javelin.api.Value;
import dev.javelin.kernels.format.Codec;
import dev.javelin.kernels.format.Codecs;
import dev.javelin.kernels.host.HostEngine;
import dev.javelin.kernels.host.Kernel;
import dev.javelin.kernels.host.PlanMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** What products with weights can get wrong beside constants and operands: how carefully they calculate. */
final class ProductFaults {

    private ProductFaults() {}

    static List<Fault> all() {
        return List.of(
                rounding(MatMul.class, Format.Q8_0),
                rounding(ExpertMatMul.class, Format.Q8_0),
                summing("adds up in F16", x -> Float.float16ToFloat(Float.floatToFloat16(x))),
                summing("adds up in BF16", x -> Float.intBitsToFloat(Float.floatToRawIntBits(x) & 0xFFFF_0000)));
    }

    /** Adds up in F32, one after the other. That is no fault. */
    static Fault plainSum() {
        return summing("adds up in F32", x -> x);
    }

    /** Activations are rounded to a format of blocks, which is more than the device owns up to. */
    static <T extends Op> Fault rounding(Class<T> kind, Format format) {
        return new Peculiar<>(
                kind,
                "x rounded to " + format,
                (op, limits) -> x(op).shape().size(x(op).shape().rank() - 1) % format.blockLength() == 0,
                (op, memory, right) -> rounded(op, x(op), format, memory, right));
    }

    private static Value x(Op op) {
        return op.reads().getFirst();
    }

    private static Kernel rounded(Op op, Value x, Format format, PlanMemory<Tensor> memory, HostEngine<Tensor> right) {
        MemorySegment other = Arena.ofAuto().allocate(x.bytes(memory.limits()), Long.BYTES);
        Kernel kernel = right.compile(op, AlteredMemory.of(memory).with(x, other), Precision.EXACT);
        Codec codec = Codecs.of(format);
        float[] row = new float[x.width()];
        MemorySegment encoded = Arena.ofAuto().allocate(format.bytes(row.length), Long.BYTES);
        return step -> {
            for (int i = 0; i < x.rows().in(step); i++) {
                long at = (long) i * row.length * Float.BYTES;
                MemorySegment.copy(memory.of(x), JAVA_FLOAT, at, row, 0, row.length);
                codec.encode(row, 0, row.length, encoded, 0);
                codec.decode(encoded, 0, row, 0, row.length);
                MemorySegment.copy(row, 0, other, JAVA_FLOAT, at, row.length);
            }
            kernel.run(step);
        };
    }

    /** Rounds a partial sum. */
    @FunctionalInterface
    private interface Register {
        float hold(float sum);
    }

    private static Fault summing(String words, Register register) {
        return new Peculiar<>(
                MatMul.class,
                words,
                (op, limits) -> op.bias() == null && op.scale() == null,
                (op, memory, right) -> summed(op, memory, register));
    }

    private static Kernel summed(MatMul op, PlanMemory<Tensor> memory, Register register) {
        Tensor matrix = memory.weight(op.matrix());
        Codec codec = Codecs.of(matrix.format());
        float[] weights = new float[matrix.columns()];
        MemorySegment x = memory.of(op.x());
        MemorySegment out = memory.of(op.out());
        return step -> {
            for (int j = 0; j < matrix.rows(); j++) {
                codec.decode(matrix.data(), j * matrix.rowStride(), weights, 0, weights.length);
                for (long row = 0; row < op.out().rows().in(step); row++) {
                    float sum = 0;
                    for (int i = 0; i < weights.length; i++) {
                        float product = x.getAtIndex(JAVA_FLOAT, row * weights.length + i) * weights[i];
                        sum = register.hold(sum + product);
                    }
                    out.setAtIndex(JAVA_FLOAT, row * op.out().width() + j, sum);
                }
            }
        };
    }
}
