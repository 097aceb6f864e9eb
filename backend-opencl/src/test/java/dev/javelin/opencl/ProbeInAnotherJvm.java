package dev.javelin.opencl;

import dev.javelin.api.Probe;
import java.nio.file.Path;

/** Says what the probe finds, for {@link ProbeTest}. */
final class ProbeInAnotherJvm {
    private ProbeInAnotherJvm() {}

    /**
     * One line.
     *
     * @param arguments the root of a file system in which the loader is looked for, or nothing
     */
    public static void main(String[] arguments) {
        Loader loader =
                arguments.length == 0 ? Loader.ofSystem() : new Loader("Linux", System.getenv(), Path.of(arguments[0]));
        String binding = System.getProperty(Bindings.PROPERTY);
        System.out.println(
                switch (new OpenClBackend(loader, binding, false).probe()) {
                    case Probe.Found(var devices) ->
                        "found " + devices.getFirst().id();
                    case Probe.Unavailable(String reason, String remedy) -> reason + "; " + remedy;
                });
    }
}
