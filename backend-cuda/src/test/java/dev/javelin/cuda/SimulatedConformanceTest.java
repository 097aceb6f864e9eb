package dev.javelin.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.javelin.api.Backend;
import dev.javelin.conformance.BackendConformance;
import dev.javelin.cuda.simulated.GpuModel;
import dev.javelin.cuda.simulated.SimulatedCuda;
import org.junit.jupiter.api.AfterAll;

/** The kit with the PTX that ships, interpreted; a sin of a kernel fails the case and ends the device. */
class SimulatedConformanceTest extends BackendConformance {
    private final SimulatedCuda cuda = new SimulatedCuda(GpuModel.turing());

    @Override
    protected Backend backend() {
        return Simulated.backend(cuda);
    }

    /** The kernels have been well-behaved to the end. */
    @AfterAll
    void checkSins() {
        assertThat(cuda.fault(0)).isNull();
    }
}
