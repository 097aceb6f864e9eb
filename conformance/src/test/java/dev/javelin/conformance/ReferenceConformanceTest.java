package dev.javelin.conformance;

import dev.javelin.api.Backend;
import dev.javelin.kernels.reference.ReferenceBackend;

/** The reference against formulas in double. */
class ReferenceConformanceTest extends BackendConformance {

    @Override
    protected Backend backend() {
        return new ReferenceBackend();
    }
}
