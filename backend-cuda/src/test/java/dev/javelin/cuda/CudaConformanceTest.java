package dev.javelin.cuda;

import dev.javelin.api.Backend;
import dev.javelin.conformance.BackendConformance;

/** The kit on a real device. */
class CudaConformanceTest extends BackendConformance {

    @Override
    protected Backend backend() {
        return new CudaBackend();
    }
}
