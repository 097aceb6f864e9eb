package dev.javelin.opencl;

import dev.javelin.api.Backend;
import dev.javelin.api.OpenOptions;
import dev.javelin.conformance.BackendConformance;

/** A few cases of each operation with the kernels for a GPU that has the smallest groups with which they work. */
class SmallGroupsConformanceTest extends BackendConformance {

    @Override
    protected Backend backend() {
        return Found.backendOfGpus(Bindings.JOCL);
    }

    @Override
    protected OpenOptions options() {
        return OpenOptions.of("group", "64");
    }

    @Override
    protected boolean imitated() {
        return true;
    }
}
