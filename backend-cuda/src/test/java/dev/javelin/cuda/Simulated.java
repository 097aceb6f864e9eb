package dev.javelin.cuda;

import dev.javelin.cuda.simulated.SimulatedCuda;
import dev.javelin.kernels.cuda.CudaKernels;
import java.util.Map;

/** The backend over simulated devices. */
final class Simulated {
    private Simulated() {}

    static CudaBackend backend(SimulatedCuda cuda) {
        return new CudaBackend(
                Access.to(() -> cuda), Map.of(), device -> CudaKernels.of(device.traits(), device.target()));
    }
}
