package dev.javelin.conformance.broken;

import dev.javelin.api.Format;
import dev.javelin.api.Limits;
import dev.javelin.api.MatMul;
import dev.javelin.api.Op;
import dev.javelin.api.Precision;
import dev.javelin.api.Tensor;
import dev.javelin.kernels.host.HostEngine;
import dev.javelin.kernels.host.Kernel;
import dev.javelin.kernels.host.PlanMemory;
import java.util.List;

/** Devices that round activations in fast plans and say so, but do something else than they say. */
final class DeclaredFaults {

    private DeclaredFaults() {}

    static List<DeviceFault> all() {
        return List.of(
                fault("rounds to BF16 and says F16", new Rounded(Format.F16, Format.BF16, false)),
                fault("rounds to Q8_0 and says F16", new Rounded(Format.F16, Format.Q8_0, false)),
                fault("rounds to Q8_0 and says BF16", new Rounded(Format.BF16, Format.Q8_0, false)),
                fault("rounds to Q4_0 and says Q8_0", new Rounded(Format.Q8_0, Format.Q4_0, false)),
                fault("rounds in exact plans too", new Rounded(Format.BF16, Format.BF16, true)));
    }

    private static DeviceFault fault(String name, Rounded rounded) {
        return new DeviceFault("MatMul", name, () -> FaultyEngine.device(rounded));
    }

    /** Rounds as it says; that is no fault. */
    static Fault honest(Format format) {
        return new Rounded(format, format, false);
    }

    private record Rounded(Format said, Format done, boolean always) implements Fault {

        @Override
        public String name() {
            return "rounds to %s and says %s".formatted(done, said);
        }

        @Override
        public Class<? extends Op> op() {
            return MatMul.class;
        }

        private boolean rounds(MatMul product) {
            return product.x().width() % said.blockLength() == 0 && product.x().width() % done.blockLength() == 0;
        }

        @Override
        public boolean concerns(Op op, Limits limits) {
            return op instanceof MatMul product && rounds(product);
        }

        @Override
        public Format activation(Op op, Precision precision) {
            return op instanceof MatMul product && rounds(product) && precision == Precision.FAST ? said : Format.F32;
        }

        @Override
        public Kernel compile(Op op, PlanMemory<Tensor> memory, HostEngine<Tensor> right) {
            return compile(op, memory, right, Precision.FAST);
        }

        @Override
        public Kernel compile(Op op, PlanMemory<Tensor> memory, HostEngine<Tensor> right, Precision precision) {
            return always || precision == Precision.FAST
                    ? ProductFaults.rounding(MatMul.class, done).compile(op, memory, right)
                    : right.compile(op, memory, precision);
        }
    }
}
