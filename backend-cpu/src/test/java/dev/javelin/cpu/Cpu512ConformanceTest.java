package dev.javelin.cpu;

import dev.javelin.api.Backend;
import dev.javelin.api.OpenOptions;
import dev.javelin.conformance.BackendConformance;

/** The device with vectors of 512 bits. */
class Cpu512ConformanceTest extends BackendConformance {

    @Override
    protected Backend backend() {
        return new CpuBackend();
    }

    @Override
    protected OpenOptions options() {
        return OpenOptions.of("width", "512");
    }
}
