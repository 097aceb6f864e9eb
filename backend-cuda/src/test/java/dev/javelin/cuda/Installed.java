package dev.javelin.cuda;

import dev.javelin.api.Probe;
import dev.javelin.cuda.driver.Cuda;
import org.junit.jupiter.api.Assumptions;

/** The driver of this machine, for tests that need one. */
public final class Installed {
    private Installed() {}

    /** Skips the test, saying why, where there is no driver or no device. */
    public static Cuda orSkip() {
        if (new CudaBackend().probe() instanceof Probe.Unavailable(String reason, String remedy)) {
            Assumptions.abort(reason + "; " + remedy);
        }
        return cuda();
    }

    /** The driver, where it is known to be there. */
    public static Cuda cuda() {
        return new InstalledDriver(DriverFiles.ofSystem()).load();
    }
}
