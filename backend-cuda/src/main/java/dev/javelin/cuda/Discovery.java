package dev.javelin.cuda;

import dev.javelin.api.DeviceInfo;
import dev.javelin.cuda.driver.Cu;
import dev.javelin.cuda.driver.Cuda;
import dev.javelin.cuda.driver.Nvml;
import dev.javelin.kernels.cuda.PtxTarget;
import dev.javelin.kernels.gpu.DeviceTraits;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Asks a driver that was started for its devices. Those that cannot run our kernels are left out, with a reason. */
final class Discovery {
    /** What kernels, recorded runs and the driver's own needs take besides what is counted. */
    static final long RESERVE = 256 << 20;

    /** What a context takes, where nobody has asked for one. */
    static final long CONTEXT = 512 << 20;

    /** What to do about {@link #problems()}, besides what they say. */
    static final String REMEDY = "use another device, such as the CPU, or OpenCL for an older GPU";

    private static final int FLOATS_IN_16_BYTES = 4;

    private final Cuda cuda;
    private final @Nullable Nvml nvml;
    private final List<CudaDevice> devices = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    private Discovery(Cuda cuda, @Nullable Nvml nvml) {
        this.cuda = cuda;
        this.nvml = nvml;
    }

    /**
     * Asks all.
     *
     * @param nvml what tells free memory without a context, if it is there
     */
    static Discovery of(Cuda cuda, @Nullable Nvml nvml, int count) {
        Discovery found = new Discovery(cuda, nvml);
        for (int number = 0; number < count; number++) {
            found.look(number);
        }
        return found;
    }

    /** Asks one, which is about to be opened. */
    static Discovery ofOne(Cuda cuda, int number) {
        Discovery found = new Discovery(cuda, null);
        found.look(number);
        return found;
    }

    /** In the driver's order. A device's id has the driver's number, whether others are usable or not. */
    List<CudaDevice> devices() {
        return devices;
    }

    /** Why devices were left out. */
    List<String> problems() {
        return problems;
    }

    private void look(int number) {
        String name = cuda.deviceGetName(number).isEmpty() ? "NVIDIA GPU" : cuda.deviceGetName(number);
        int major = attribute(number, Cu.ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR);
        int minor = attribute(number, Cu.ATTRIBUTE_COMPUTE_CAPABILITY_MINOR);
        long[] freeAndTotal = new long[2];
        String problem = problem(number, major, minor);
        if (problem == null) {
            problem = memory(number, freeAndTotal);
        }
        if (problem == null) {
            devices.add(describe(number, name, major, minor, freeAndTotal));
        } else {
            problems.add("%s:%d, %s, %s".formatted(CudaBackend.ID, number, name, problem));
        }
    }

    private @Nullable String problem(int number, int major, int minor) {
        if (major < 0) {
            return "does not answer: " + Failures.text(cuda, -major);
        }
        if (!PtxTarget.any(major, minor)) {
            return "is of compute capability %d.%d, and 7.5 is the least that our kernels are for"
                    .formatted(major, minor);
        }
        if (attribute(number, Cu.ATTRIBUTE_COMPUTE_MODE) == Cu.COMPUTE_MODE_PROHIBITED) {
            return "may be used by nobody: its compute mode is \"prohibited\" (nvidia-smi -c 0 changes that)";
        }
        return null;
    }

    private @Nullable String memory(int number, long[] freeAndTotal) {
        long free = supervised(number);
        if (free < 0) {
            return memoryOfContext(number, freeAndTotal);
        }
        freeAndTotal[0] = free - CONTEXT;
        freeAndTotal[1] = cuda.deviceTotalMem(number);
        return full(freeAndTotal);
    }

    /** Negative where nobody tells. A device that may refuse a context is asked for one. */
    private long supervised(int number) {
        return nvml == null || attribute(number, Cu.ATTRIBUTE_COMPUTE_MODE) != Cu.COMPUTE_MODE_DEFAULT
                ? -1
                : nvml.free(cuda.deviceGetPciBusId(number), cuda.deviceTotalMem(number));
    }

    /** Takes a context for as long as that takes. */
    private @Nullable String memoryOfContext(int number, long[] freeAndTotal) {
        long context = cuda.devicePrimaryCtxRetain(number);
        if (context < 0) {
            return cannot((int) -context);
        }
        try {
            int code = cuda.contextSetCurrent(context);
            if (code == Cu.SUCCESS) {
                code = cuda.memGetInfo(freeAndTotal);
            }
            if (code != Cu.SUCCESS) {
                return cannot(code);
            }
        } finally {
            cuda.contextSetCurrent(0);
            cuda.devicePrimaryCtxRelease(number);
        }
        return full(freeAndTotal);
    }

    private static @Nullable String full(long[] freeAndTotal) {
        return freeAndTotal[0] > RESERVE
                ? null
                : "is full: %d of %d MB are free; end what uses it (nvidia-smi names it)"
                        .formatted(Math.max(0, freeAndTotal[0]) >> 20, freeAndTotal[1] >> 20);
    }

    private String cannot(int code) {
        return code == Cu.OUT_OF_MEMORY
                ? "is full: there is no memory for a context; end what uses it (nvidia-smi names it)"
                : "does not start: " + Failures.text(cuda, code);
    }

    private CudaDevice describe(int number, String name, int major, int minor, long[] freeAndTotal) {
        PtxTarget target = PtxTarget.best(major, minor, true); // as all drivers do that know CUDA 12
        DeviceTraits traits = traits(number);
        Set<String> features = new TreeSet<>(traits.features());
        features.add("binding=" + cuda.binding());
        features.add("compute=" + major + "." + minor);
        features.add("cuda=" + version(cuda.driverGetVersion()));
        features.add("ptx=" + target.folder());
        features.add("units=" + traits.computeUnits());
        String bus = cuda.deviceGetPciBusId(number);
        if (!bus.isEmpty()) {
            features.add("pci=" + bus.toLowerCase(Locale.ROOT));
        }
        DeviceInfo info = new DeviceInfo(
                CudaBackend.ID + ":" + number,
                name,
                DeviceInfo.Kind.GPU,
                freeAndTotal[1],
                freeAndTotal[0] - RESERVE,
                features,
                traits.sharesHostMemory());
        return new CudaDevice(number, target, info, traits);
    }

    private DeviceTraits traits(int number) {
        return new DeviceTraits(
                false,
                true,
                Math.max(1, attribute(number, Cu.ATTRIBUTE_WARP_SIZE)),
                true,
                Math.max(
                        attribute(number, Cu.ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK),
                        attribute(number, Cu.ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK_OPTIN)),
                Math.max(1, attribute(number, Cu.ATTRIBUTE_MAX_THREADS_PER_BLOCK)),
                Math.max(1, attribute(number, Cu.ATTRIBUTE_MULTIPROCESSOR_COUNT)),
                FLOATS_IN_16_BYTES,
                false);
    }

    private int attribute(int number, int attribute) {
        return cuda.deviceGetAttribute(attribute, number);
    }

    /** Such as 12.4. */
    static String version(int version) {
        return version / 1000 + "." + version % 1000 / 10;
    }
}
