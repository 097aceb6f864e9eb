package dev.javelin.opencl;

import dev.javelin.api.Backend;
import dev.javelin.conformance.BackendConformance;

/** The kit through LWJGL. */
class LwjglConformanceTest extends BackendConformance {

    @Override
    protected Backend backend() {
        return Found.backend(Bindings.LWJGL);
    }
}
