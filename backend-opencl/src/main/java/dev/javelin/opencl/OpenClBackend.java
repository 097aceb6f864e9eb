package dev.javelin.opencl;

import dev.javelin.api.Backend;
import dev.javelin.api.Device;
import dev.javelin.api.DeviceInfo;
import dev.javelin.api.OpenOptions;
import dev.javelin.api.Probe;
import dev.javelin.kernels.gpu.DeviceTraits;
import dev.javelin.kernels.gpu.GpuDevice;
import dev.javelin.kernels.opencl.OpenClKernels;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * GPUs, and what else has a driver for OpenCL 1.2 or later. The devices of all drivers are numbered in the order in which the
 * system's loader tells them. A processor that has a driver is found too, though the CPU backend is the better one for it.
 *
 * <p>The option {@code as=gpu} is for tests: it opens any device with the kernels for GPUs and with copies as for memory of its
 * own, so that a processor runs, slowly, what discrete GPUs run; its kind is then that of a GPU. {@code group=64} keeps the groups of work-items that small.
 * On GPUs a search of a second or two for the best sizes of products, when the first large matrix is made ready, is usual, and what
 * it finds is kept in the user's cache folder; {@code tune=off} leaves it out, {@code tune=on} makes it elsewhere too.
 *
 * <p>The system property {@code javelin.opencl.binding} says whether OpenCL is reached through {@code jocl} or {@code lwjgl};
 * without it, it is JOCL where both are there. Usable from any thread; owns nothing but the loaded libraries, which last as long
 * as the JVM.
 */
public final class OpenClBackend implements Backend {
    static final String ID = "opencl";

    private static final String AS = "as";
    private static final String GPU = "gpu";
    private static final String GROUP = "group";
    private static final String TUNE = "tune";

    private static final String LOADER_REMEDY =
            "install the driver of the GPU, and on Linux the loader too, such as the package ocl-icd-libopencl1";
    private static final String DRIVER_REMEDY =
            "install the OpenCL driver of the GPU: NVIDIA's is part of their driver, AMD's is in ROCm or"
                    + " mesa-opencl-icd, Intel's is intel-opencl-icd; pocl-opencl-icd runs on the processor";

    private final Loader loader;
    private final @Nullable String binding;
    private final boolean asGpus;
    private @Nullable OpenCl loaded;

    /** Touches nothing. */
    public OpenClBackend() {
        this(Loader.ofSystem(), System.getProperty(Bindings.PROPERTY), false);
    }

    /** @param asGpus whether all devices are found as if they were GPUs with memory of their own */
    OpenClBackend(Loader loader, @Nullable String binding, boolean asGpus) {
        this.asGpus = asGpus;
        this.loader = loader;
        this.binding = binding;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Probe probe() {
        Probe.Unavailable missing = missing();
        if (missing != null) {
            return missing;
        }
        Discovery found;
        try {
            found = new Discovery(load());
        } catch (LinkageError | RuntimeException failed) {
            return new Probe.Unavailable("the binding cannot be loaded: " + failed, "choose another one, or report it");
        }
        if (found.devices().isEmpty()) {
            return new Probe.Unavailable(
                    found.problems().isEmpty()
                            ? "the OpenCL loader found no driver"
                            : String.join("; ", found.problems()),
                    DRIVER_REMEDY);
        }
        return new Probe.Found(found.devices().stream()
                .map(device -> asGpus ? device.asGpu().info() : device.info())
                .toList());
    }

    /** What is missing before anything can be loaded, or null. */
    private Probe.@Nullable Unavailable missing() {
        if (!loader.isInstalled()) {
            return new Probe.Unavailable(
                    "there is no OpenCL on this system: " + loader.library() + " was not found", LOADER_REMEDY);
        }
        if (Bindings.choose(binding) == null) {
            return new Probe.Unavailable(
                    binding == null
                            ? "there is no binding to OpenCL"
                            : "there is no such binding to OpenCL: %s=%s".formatted(Bindings.PROPERTY, binding),
                    "add org.jocl:jocl, or org.lwjgl:lwjgl-opencl with its natives, to the class path");
        }
        boolean loadingPrints = !OpenClBackend.class.getModule().isNativeAccessEnabled();
        if (loadingPrints && !loader.hasDrivers()) {
            return new Probe.Unavailable("no OpenCL driver is registered", DRIVER_REMEDY);
        }
        String whyNot = loader.whyNot();
        return whyNot == null
                ? null
                : new Probe.Unavailable("the OpenCL loader cannot be loaded: " + whyNot, LOADER_REMEDY);
    }

    private synchronized OpenCl load() {
        OpenCl cl = loaded;
        if (cl == null) {
            Bindings chosen = Bindings.choose(binding);
            if (chosen == null) {
                throw new IllegalStateException("there is no binding");
            }
            cl = chosen.load(loader.library());
            loaded = cl;
        }
        return cl;
    }

    @Override
    public Device open(DeviceInfo info, OpenOptions options) {
        options.allow(ID, Set.of(AS, GROUP, TUNE));
        String as = options.values().get(AS);
        if (as != null && !as.equals(GPU)) {
            throw new IllegalArgumentException("the option must be gpu: %s=%s".formatted(AS, as));
        }
        if (missing() != null) {
            throw new IllegalArgumentException("there is no such device: device=" + info.id());
        }
        OpenCl cl = load();
        List<ClDevice> devices = new Discovery(cl).devices();
        ClDevice device = devices.stream()
                .filter(one -> one.info().id().equals(info.id()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no such device: device=%s, found=%s"
                        .formatted(
                                info.id(),
                                devices.stream().map(one -> one.info().id()).toList())));
        ClDevice asWished = as == null && !asGpus ? device : device.asGpu();
        int group = options.positive(GROUP, Integer.MAX_VALUE);
        if (group < OpenClKernels.SMALLEST_GROUP) {
            throw new IllegalArgumentException(
                    "groups have at least %d work-items: %s=%d".formatted(OpenClKernels.SMALLEST_GROUP, GROUP, group));
        }
        boolean isGpu = device.info().kind() == DeviceInfo.Kind.GPU; // what it is, not what it is opened as
        return open(cl, asWished.withGroups(group), cacheFor(device), tuned(options, isGpu));
    }

    private static boolean tuned(OpenOptions options, boolean otherwise) {
        return switch (options.values().get(TUNE)) {
            case null -> otherwise;
            case "on" -> true;
            case "off" -> false;
            case String other ->
                throw new IllegalArgumentException("the option must be on or off: %s=%s".formatted(TUNE, other));
        };
    }

    /** PoCL keeps a cache of its own, and to hand out a program it would first compile all kernels in it. */
    private static ProgramCache cacheFor(ClDevice device) {
        return device.driver().startsWith("Portable Computing Language")
                ? ProgramCache.NONE
                : ProgramCache.ofUser(System.getenv(), System.getProperty("user.home"));
    }

    /** Opens a device with programs from that cache, in the usual sizes. */
    static GpuDevice open(OpenCl cl, ClDevice device, ProgramCache cache) {
        return open(cl, device, cache, false);
    }

    /** Opens a device with programs from that cache, and where it is tuned, with sizes from there too. */
    static GpuDevice open(OpenCl cl, ClDevice device, ProgramCache cache, boolean tuned) {
        ClDriver driver = new ClDriver(cl, device, cache);
        try {
            GroupFit fit = new GroupFit(driver, device.info().id());
            DeviceTraits traits = fit.fit(device.traits());
            return new GpuDevice(
                    device.info(),
                    driver,
                    tuned
                            ? new TunedKernels(traits, new TuningSearch(driver, traits, cache, device.driver()))
                            : new OpenClKernels(traits));
        } catch (Throwable failed) {
            driver.close();
            throw failed;
        }
    }
}
