package dev.javelin.kernels.reference;

import dev.javelin.api.Backend;
import dev.javelin.api.Device;
import dev.javelin.api.DeviceInfo;
import dev.javelin.api.OpenOptions;
import dev.javelin.api.Probe;
import dev.javelin.kernels.host.HostDevice;
import dev.javelin.kernels.host.HostMemory;
import java.util.List;
import java.util.Set;

/**
 * The oracle: every operation in every format, in plain scalar code with double arithmetic. Slow, always there, and never
 * chosen unasked. It takes no options. Usable from any thread; owns nothing.
 */
public final class ReferenceBackend implements Backend {
    private static final String ID = "reference";
    private static final String DEVICE = "reference:0";

    /** Touches nothing. */
    public ReferenceBackend() {}

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Probe probe() {
        HostMemory memory = HostMemory.now();
        return new Probe.Found(List.of(new DeviceInfo(
                DEVICE, "Scalar reference", DeviceInfo.Kind.REFERENCE, memory.total(), memory.free(), Set.of(), true)));
    }

    @Override
    public Device open(DeviceInfo info, OpenOptions options) {
        if (!info.id().equals(DEVICE)) {
            throw new IllegalArgumentException(
                    "the device must be one that this backend found: device=%s, backend=%s, known=%s"
                            .formatted(info.id(), ID, DEVICE));
        }
        options.allow(ID, Set.of());
        return new HostDevice<>(new ReferenceEngine(info));
    }
}
