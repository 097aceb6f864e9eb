package dev.javelin.cpu;

import dev.javelin.api.Backend;
import dev.javelin.api.Device;
import dev.javelin.api.DeviceInfo;
import dev.javelin.api.OpenOptions;
import dev.javelin.api.Probe;

/**
 * The processors of this machine, through the Vector API.
 *
 * <p>Options of a device: {@code threads}, by default one for each core that this process may use, and {@code width}, the
 * bits of its vectors, 128, 256 or 512, by default the widest that the processor has. Devices with different options may be
 * open at the same time. Usable from any thread; owns nothing.
 *
 * <p>A JVM whose flags keep vectors from being compiled, such as {@code -Xint}, would give the same results a hundred times
 * later. The probe says which flag to remove; {@code -Djavelin.cpu.slow=true} opens the device anyway.
 */
public final class CpuBackend implements Backend {
    static final String ID = "cpu";

    private static final String MODULE = "jdk.incubator.vector";

    /** Touches nothing. */
    public CpuBackend() {}

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Probe probe() {
        return hasVectors() ? CpuDevice.probe() : missing();
    }

    @Override
    public Device open(DeviceInfo info, OpenOptions options) {
        if (probe() instanceof Probe.Unavailable(String reason, String remedy)) {
            throw new IllegalArgumentException("%s; %s".formatted(reason, remedy));
        }
        return CpuDevice.open(info, options);
    }

    private static Probe.Unavailable missing() {
        return new Probe.Unavailable(
                "the module " + MODULE + " is not resolved", "start java with --add-modules " + MODULE);
    }

    /** Looks before anything of this package that names a vector gets loaded: loading it would fail. */
    private static boolean hasVectors() {
        ModuleLayer layer = CpuBackend.class.getModule().getLayer();
        return (layer == null ? ModuleLayer.boot() : layer).findModule(MODULE).isPresent();
    }
}
