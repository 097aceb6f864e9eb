package dev.javelin.cpu;

import dev.javelin.api.Backend;
import dev.javelin.api.Device;
import dev.javelin.api.DeviceInfo;
import dev.javelin.api.OpenOptions;
import dev.javelin.api.Probe;
import dev.javelin.conformance.BackendConformance;

/** The kit at one width. Where the processor lacks it the JVM imitates its vectors, far too slowly for more than a smoke set. */
abstract class CpuWidthConformance extends BackendConformance {

    private final VectorWidth width;

    CpuWidthConformance(VectorWidth width) {
        this.width = width;
    }

    @Override
    protected Backend backend() {
        return imitated() ? new Imitation(width) : new CpuBackend();
    }

    @Override
    protected OpenOptions options() {
        return imitated() ? OpenOptions.NONE : OpenOptions.of("width", Integer.toString(width.bits()));
    }

    @Override
    protected boolean imitated() {
        return !CpuDevice.has(width);
    }

    /** Opens a width that users are refused, and refuses whatever else the backend does. */
    private record Imitation(VectorWidth width) implements Backend {

        @Override
        public String id() {
            return CpuBackend.ID;
        }

        @Override
        public Probe probe() {
            return new CpuBackend().probe();
        }

        @Override
        public Device open(DeviceInfo info, OpenOptions options) {
            new CpuBackend().open(info, options).close();
            return CpuDevice.open(info, width, 2);
        }
    }
}
