package dev.javelin.cuda;

import dev.javelin.api.Probe;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Says what the probe finds, for {@link ProbeTest}. */
final class ProbeInAnotherJvm {
    private ProbeInAnotherJvm() {}

    /**
     * Two lines: what the second of two probes found, and the milliseconds of the first.
     *
     * @param arguments the root of the file system in which the driver is looked for
     */
    public static void main(String[] arguments) {
        DriverFiles files = new DriverFiles("Linux", "amd64", System.getenv(), Path.of(arguments[0]));
        CudaBackend backend = new CudaBackend(new InstalledDriver(files), System.getenv(), device -> {
            throw new IllegalStateException("nothing is opened");
        });
        long begin = System.nanoTime();
        Probe first = backend.probe();
        long millis = (System.nanoTime() - begin) / 1_000_000;
        Probe second = backend.probe();
        System.out.println(text(first).equals(text(second)) ? text(first) : first + " then " + second);
        System.out.println(millis);
    }

    private static String text(Probe probe) {
        return switch (probe) {
            case Probe.Found(var devices) ->
                devices.stream()
                        .map(device -> "%s %s %d MB of %d MB %s"
                                .formatted(
                                        device.id(),
                                        device.name(),
                                        device.memoryFree() >> 20,
                                        device.memoryTotal() >> 20,
                                        device.features()))
                        .collect(Collectors.joining("; "));
            case Probe.Unavailable(String reason, String remedy) -> reason + "; " + remedy;
        };
    }
}
