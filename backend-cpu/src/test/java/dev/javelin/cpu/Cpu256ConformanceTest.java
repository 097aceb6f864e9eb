package dev.javelin.cpu;

import dev.javelin.api.Backend;
import dev.javelin.api.OpenOptions;
import dev.javelin.conformance.BackendConformance;

/** The device with vectors of 256 bits. */
class Cpu256ConformanceTest extends BackendConformance {

    @Override
    protected Backend backend() {
        return new CpuBackend();
    }

    @Override
    protected OpenOptions options() {
        return OpenOptions.of("width", "256");
    }
}
