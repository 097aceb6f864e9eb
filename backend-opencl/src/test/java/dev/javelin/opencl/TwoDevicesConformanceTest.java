package dev.javelin.opencl;

import dev.javelin.api.Backend;
import dev.javelin.api.DeviceInfo;
import dev.javelin.conformance.BackendConformance;
import java.util.List;

/** A few cases of each operation on the last of several devices, in a JVM in which PoCL shows two. */
class TwoDevicesConformanceTest extends BackendConformance {

    @Override
    protected Backend backend() {
        return Found.backend(Bindings.JOCL);
    }

    @Override
    protected DeviceInfo choose(List<DeviceInfo> found) {
        return found.getLast();
    }

    /** The first device runs all cases in another JVM, and this one is the same processor. */
    @Override
    protected boolean imitated() {
        return true;
    }
}
