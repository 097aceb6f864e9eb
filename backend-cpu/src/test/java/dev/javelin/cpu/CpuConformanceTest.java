package dev.javelin.cpu;

import dev.javelin.api.Backend;
import dev.javelin.conformance.BackendConformance;

/** The device as it is opened unless somebody asks for something else. */
class CpuConformanceTest extends BackendConformance {

    @Override
    protected Backend backend() {
        return new CpuBackend();
    }
}
