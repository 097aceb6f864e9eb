package dev.javelin.cuda;

import dev.javelin.api.Probe;
import dev.javelin.cuda.driver.Cuda;
import dev.javelin.cuda.driver.Jcuda;
import dev.javelin.cuda.driver.Nvml;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way to the driver of this system, through JCuda. */
record InstalledDriver(DriverFiles files) implements Access {
    private static final String INSTALL =
            "install NVIDIA's driver, 525 or later; a container needs --gpus all and NVIDIA's container toolkit";

    @Override
    public Probe.@Nullable Unavailable missing() {
        if (!files.isPossible()) {
            return new Probe.Unavailable(
                    "there is no CUDA for this system: " + files.system(), "use the OpenCL backend, or the CPU");
        }
        if (!files.isInstalled()) {
            return new Probe.Unavailable(
                    "there is no NVIDIA driver on this system: "
                            .concat(files.library())
                            .concat(" was not found"),
                    INSTALL);
        }
        if (!files.isAtWork()) {
            return new Probe.Unavailable(
                    "the NVIDIA driver is not at work: there is %s, but no /dev/nvidiactl".formatted(files.library()),
                    "start a container with --gpus all; elsewhere load the kernel module, which nvidia-smi does as"
                            + " root");
        }
        if (!Jcuda.isFor(files.system(), files.processor())) {
            return new Probe.Unavailable(
                    "JCuda has no library for this processor: " + files.processor(),
                    "use the OpenCL backend, which reaches the same GPU");
        }
        String whyNot = files.whyNot();
        return whyNot == null
                ? null
                : new Probe.Unavailable("the NVIDIA driver's library cannot be loaded: " + whyNot, INSTALL);
    }

    @Override
    public Cuda load() {
        return Jcuda.load();
    }

    @Override
    public @Nullable Nvml openNvml() {
        return Nvml.open(files.supervisor());
    }

    @Override
    public List<String> lacking(List<String> functions) {
        return files.lacking(functions);
    }
}
