package dev.javelin.cuda;

import dev.javelin.api.Backend;
import dev.javelin.api.Device;
import dev.javelin.api.DeviceFailedException;
import dev.javelin.api.DeviceInfo;
import dev.javelin.api.OpenOptions;
import dev.javelin.api.Probe;
import dev.javelin.cuda.driver.Cu;
import dev.javelin.cuda.driver.Cuda;
import dev.javelin.cuda.driver.Nvml;
import dev.javelin.cuda.driver.Symbols;
import dev.javelin.kernels.cuda.CudaKernels;
import dev.javelin.kernels.gpu.GpuDevice;
import dev.javelin.kernels.gpu.GpuKernels;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * NVIDIA's GPUs from Turing on (compute capability 7.5), with their driver 525 or later and nothing else installed. A device's
 * id has the number by which CUDA knows it, so {@code CUDA_VISIBLE_DEVICES} counts.
 *
 * <p>Probing reads files until one says that there is a driver; only then is a library loaded. Usable from any thread; owns
 * nothing but the loaded libraries, which last as long as the JVM.
 */
public final class CudaBackend implements Backend {
    static final String ID = "cuda";

    /** The least CUDA that a driver must know: what our PTX is written in came with it. */
    static final int LEAST_CUDA = 12000;

    private static final String UPDATE = "install NVIDIA's driver 525 or later";

    private final Access access;
    private final Map<String, String> environment;
    private final Function<CudaDevice, GpuKernels> kernels;
    private @Nullable Cuda loaded;

    /** Touches nothing. */
    public CudaBackend() {
        this(
                new InstalledDriver(DriverFiles.ofSystem()),
                System.getenv(),
                device -> CudaKernels.of(device.traits(), device.target()));
    }

    CudaBackend(Access access, Map<String, String> environment, Function<CudaDevice, GpuKernels> kernels) {
        this.access = access;
        this.environment = environment;
        this.kernels = kernels;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Probe probe() {
        Probe.Unavailable missing = access.missing();
        if (missing != null) {
            return missing;
        }
        try {
            return look(load());
        } catch (LinkageError | RuntimeException failed) {
            return new Probe.Unavailable(
                    "the binding cannot be loaded: " + failed,
                    "see that programs may run in the folder for temporary files (java.io.tmpdir), or report it");
        }
    }

    private synchronized Cuda load() {
        Cuda cuda = loaded;
        if (cuda == null) {
            cuda = access.load();
            loaded = cuda;
        }
        return cuda;
    }

    private Probe look(Cuda cuda) {
        Probe.Unavailable unusable = start(cuda);
        if (unusable != null) {
            return unusable;
        }
        int count = cuda.deviceGetCount();
        if (count < 0) {
            return Failures.of(cuda, -count, "cuDeviceGetCount", environment);
        }
        if (count == 0) {
            return Failures.noDevice(environment);
        }
        Discovery found;
        try (Nvml nvml = access.openNvml()) {
            found = Discovery.of(cuda, nvml, count);
        }
        return found.devices().isEmpty()
                ? new Probe.Unavailable(String.join("; ", found.problems()), Discovery.REMEDY)
                : new Probe.Found(found.devices().stream().map(CudaDevice::info).toList());
    }

    /** Null if the driver works, else why not. */
    private Probe.@Nullable Unavailable start(Cuda cuda) {
        List<String> unknown = access.lacking(Symbols.FIRST);
        int version = unknown.isEmpty() ? cuda.driverGetVersion() : 0;
        if (version < 0) {
            return Failures.of(cuda, -version, "cuDriverGetVersion", environment);
        }
        if (unknown.isEmpty() && version < LEAST_CUDA) {
            return new Probe.Unavailable(
                    "the NVIDIA driver is too old: it knows CUDA %s, and %s is the least that is needed"
                            .formatted(Discovery.version(version), Discovery.version(LEAST_CUDA)),
                    UPDATE);
        }
        List<String> lacking = access.lacking(Symbols.ALL);
        if (!lacking.isEmpty()) {
            return new Probe.Unavailable("the NVIDIA driver's library lacks " + String.join(", ", lacking), UPDATE);
        }
        int code = cuda.init();
        return code == Cu.SUCCESS ? null : Failures.of(cuda, code, "cuInit", environment);
    }

    @Override
    public Device open(DeviceInfo info, OpenOptions options) {
        options.allow(ID, Set.of());
        if (access.missing() != null) {
            throw noSuchDevice(info, "none");
        }
        Cuda cuda = load();
        if (start(cuda) instanceof Probe.Unavailable(String reason, String remedy)) {
            throw noSuchDevice(info, reason + "; " + remedy);
        }
        Discovery found = Discovery.ofOne(cuda, number(info, Math.max(0, cuda.deviceGetCount())));
        if (found.devices().isEmpty()) {
            throw new DeviceFailedException(
                    "the device cannot be opened: %s; %s".formatted(found.problems(), Discovery.REMEDY), null);
        }
        return open(cuda, found.devices().getFirst());
    }

    private static int number(DeviceInfo info, int count) {
        for (int number = 0; number < count; number++) {
            if (info.id().equals(ID + ":" + number)) {
                return number;
            }
        }
        throw noSuchDevice(info, count + " devices");
    }

    private static IllegalArgumentException noSuchDevice(DeviceInfo info, String found) {
        return new IllegalArgumentException("there is no such device: device=%s, found=%s".formatted(info.id(), found));
    }

    private GpuDevice open(Cuda cuda, CudaDevice device) {
        CudaDriver driver = new CudaDriver(cuda, device);
        try {
            return new GpuDevice(device.info(), driver, kernels.apply(device));
        } catch (RuntimeException failed) {
            driver.close();
            throw failed;
        }
    }
}
