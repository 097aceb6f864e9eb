package dev.javelin.cuda.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.javelin.cuda.ptx.Fault;
import dev.javelin.cuda.simulated.GpuModel;
import dev.javelin.cuda.simulated.SimulatedCuda;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The simulated driver where a kernel goes wrong. */
class SimulatedDevicesTest {

    private static Vector vector(String instruction, int architecture) {
        return new Vector(
                instruction,
                List.of(Width.B32),
                List.of(Width.B32),
                architecture,
                Nearness.EXACT,
                List.of(List.of(41L)),
                List.of(List.of("0000002a")));
    }

    @Test
    void aSinEndsItsDeviceAndNoOther() {
        Vector good = vector("add.u32 %r0, %a0, 1;", 75);
        Vector bad = vector("mov.b32 %r0, %a0; trap;", 75);
        try (SimulatedCuda cuda = new SimulatedCuda(GpuModel.turing(), GpuModel.ampere());
                VectorRun first = new VectorRun(cuda, 0);
                VectorRun second = new VectorRun(cuda, 1)) {
            cuda.contextSetCurrent(1);
            assertThat(first.run(good)).containsExactly(List.of(42L));
            assertThatIllegalStateException()
                    .isThrownBy(() -> first.run(bad))
                    .withMessageContaining("TRAP: the kernel stopped itself; kernel=vector, block=(0,0,0)");
            assertThatIllegalStateException().isThrownBy(() -> first.run(good));
            cuda.contextSetCurrent(2);
            assertThat(second.run(good)).containsExactly(List.of(42L));
            assertThat(cuda.fault(1)).isNull();
            assertThat(cuda.fault(0)).extracting(Fault::kind).isEqualTo(Fault.Kind.TRAP);
        }
    }

    @Test
    void textForALaterArchitectureIsRefused() {
        try (SimulatedCuda cuda = new SimulatedCuda(GpuModel.turing());
                VectorRun run = new VectorRun(cuda, 0)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> run.run(vector("add.u32 %r0, %a0, 1;", 80)))
                    .withMessageContaining("CUDA_ERROR_NO_BINARY_FOR_GPU");
        }
    }
}
