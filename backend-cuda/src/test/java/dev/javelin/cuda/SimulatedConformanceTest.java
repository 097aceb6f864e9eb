package dev.javelin.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.javelin.api.Backend;
import dev.javelin.conformance.BackendConformance;
import dev.javelin.cuda.simulated.GpuModel;
import dev.javelin.cuda.simulated.SimulatedCuda;
import org.junit.jupiter.api.AfterAll;

/**
 * The kit with the PTX that ships, interpreted; a sin of a kernel fails the case and ends the device. A few cases of each operation
 * as a rule, and with {@code -Djavelin.simulated=true} the selection of {@code javelin.kit}, which takes the better part of an hour.
 */
class SimulatedConformanceTest extends BackendConformance {
    private final SimulatedCuda cuda = new SimulatedCuda(GpuModel.turing());

    @Override
    protected Backend backend() {
        return Simulated.backend(cuda);
    }

    @Override
    protected boolean imitated() {
        return !Boolean.getBoolean("javelin.simulated");
    }

    /** The kernels have been well-behaved to the end. */
    @AfterAll
    void checkSins() {
        assertThat(cuda.fault(0)).isNull();
    }
}
