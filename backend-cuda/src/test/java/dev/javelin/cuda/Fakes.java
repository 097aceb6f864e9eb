package dev.javelin.cuda;

import dev.javelin.api.Device;
import dev.javelin.api.DeviceInfo;
import dev.javelin.kernels.cuda.CudaKernels;
import java.util.Map;
import java.util.Set;

/** Devices of a {@link FakeCuda}. */
final class Fakes {
    private Fakes() {}

    static CudaBackend backend(FakeCuda cuda) {
        return new CudaBackend(
                Access.to(() -> cuda), Map.of(), device -> CudaKernels.of(device.traits(), device.target()));
    }

    /** Asks the other devices nothing. */
    static Device open(FakeCuda cuda, int number) {
        return backend(cuda).open(new DeviceInfo("cuda:" + number, "Fake", DeviceInfo.Kind.GPU, 1, 1, Set.of(), false));
    }
}
