package dev.javelin.cuda;

import dev.javelin.api.Probe;
import dev.javelin.cuda.driver.Cu;
import dev.javelin.cuda.driver.Cuda;
import java.util.Map;

/** What to tell of a driver that is there and does not start. */
final class Failures {
    private static final String REPORTED =
            "see whether nvidia-smi works, and whether the system's log has a line with NVRM; a restart of the machine"
                    + " may help";
    private static final String HIDDEN = "CUDA_VISIBLE_DEVICES";

    private static final Map<Integer, String> REMEDIES = Map.of(
            Cu.STUB_LIBRARY,
            "take the folder of the CUDA toolkit's stubs off LD_LIBRARY_PATH, so that the driver's own library is"
                    + " found",
            Cu.DEVICE_UNAVAILABLE,
            "end the process that has the GPU to itself (nvidia-smi names it), or set its compute mode to default",
            Cu.SYSTEM_NOT_READY,
            "start the service nvidia-fabricmanager, of the driver's version: GPUs on NVSwitch need it",
            Cu.SYSTEM_DRIVER_MISMATCH,
            "restart the machine: the driver's library and the one in the kernel are of different versions",
            Cu.COMPAT_NOT_SUPPORTED_ON_DEVICE,
            "take the compatibility libraries (cuda-compat) off LD_LIBRARY_PATH: they are for data centre GPUs only",
            Cu.OPERATING_SYSTEM,
            "see that this user, or the container, may open /dev/nvidia0 and /dev/nvidiactl");

    private Failures() {}

    /** For people: the name, the number, and what the driver says of it. */
    static String text(Cuda cuda, int code) {
        String name = cuda.getErrorName(code);
        String text = cuda.getErrorString(code);
        return (name.isEmpty() ? "error" : name) + " (" + code + (text.isEmpty() ? "" : ", " + text) + ")";
    }

    /** Why there is no device after all. */
    static Probe.Unavailable of(Cuda cuda, int code, String call, Map<String, String> environment) {
        if (code == Cu.NO_DEVICE) {
            return noDevice(environment);
        }
        return new Probe.Unavailable(
                "the NVIDIA driver does not start: %s in %s".formatted(text(cuda, code), call),
                REMEDIES.getOrDefault(code, REPORTED));
    }

    /** The driver works and has no device for us. */
    static Probe.Unavailable noDevice(Map<String, String> environment) {
        String visible = environment.get(HIDDEN);
        return visible == null
                ? new Probe.Unavailable(
                        "the NVIDIA driver found no GPU",
                        "see what nvidia-smi says, and give a container its GPUs (docker run --gpus all)")
                : new Probe.Unavailable(
                        "the variable %s=\"%s\" leaves no GPU".formatted(HIDDEN, visible),
                        "unset it, or name a GPU there, such as %s=0".formatted(HIDDEN));
    }
}
