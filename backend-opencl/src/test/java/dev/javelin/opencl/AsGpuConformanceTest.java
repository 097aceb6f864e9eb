package dev.javelin.opencl;

import dev.javelin.api.Backend;
import dev.javelin.conformance.BackendConformance;

/** The kit with the kernels and the copies of a GPU with memory of its own, on whatever device there is. */
class AsGpuConformanceTest extends BackendConformance {

    @Override
    protected Backend backend() {
        return Found.backendOfGpus(Bindings.JOCL);
    }
}
