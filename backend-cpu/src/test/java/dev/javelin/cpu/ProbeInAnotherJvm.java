package dev.javelin.cpu;

import dev.javelin.api.Probe;

/** Says what the probe finds, for {@link JvmOptionsTest}. */
final class ProbeInAnotherJvm {
    private ProbeInAnotherJvm() {}

    /** One line. */
    public static void main(String[] arguments) {
        System.out.println(
                switch (new CpuBackend().probe()) {
                    case Probe.Found found ->
                        "found, threads=" + Processors.ofThisProcess().count();
                    case Probe.Unavailable(String reason, String remedy) -> reason + "; " + remedy;
                });
    }
}
