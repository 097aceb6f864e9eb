package dev.javelin.cuda;

import dev.javelin.api.Backend;
import dev.javelin.api.Device;
import dev.javelin.api.DeviceInfo;
import dev.javelin.api.OpenOptions;
import dev.javelin.api.Probe;
import dev.javelin.cuda.simulated.GpuModel;
import dev.javelin.cuda.simulated.SimulatedCuda;

/**
 * The CUDA backend with one simulated GPU, {@code simulated:0}, for tests of what uses backends: those name it to the service
 * loader themselves.
 */
public final class SimulatedBackend implements Backend {
    private static final String ID = "simulated";

    private final CudaBackend backend = Simulated.backend(new SimulatedCuda(GpuModel.turing()));

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Probe probe() {
        return switch (backend.probe()) {
            case Probe.Found found ->
                new Probe.Found(found.devices().stream()
                        .map(info -> renamed(info, CudaBackend.ID, ID))
                        .toList());
            case Probe.Unavailable unavailable -> unavailable;
        };
    }

    @Override
    public Device open(DeviceInfo info, OpenOptions options) {
        return backend.open(renamed(info, ID, CudaBackend.ID), options);
    }

    private static DeviceInfo renamed(DeviceInfo info, String from, String to) {
        return new DeviceInfo(
                info.id().replace(from + ":", to + ":"),
                info.name(),
                info.kind(),
                info.memoryTotal(),
                info.memoryFree(),
                info.features(),
                info.sharesHostMemory());
    }
}
