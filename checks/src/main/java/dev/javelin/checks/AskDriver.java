package dev.javelin.checks;

/** Asks NVIDIA's driver for its version, as the CUDA backend would: so that all it needs for that is in the jars. */
public final class AskDriver {
    private static final String SEAM = "dev.javelin.cuda.driver.";

    private AskDriver() {}

    /** Takes no arguments; prints the version. */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        Object driver = Class.forName(SEAM + "Jcuda").getMethod("load").invoke(null);
        System.out.println(
                Class.forName(SEAM + "Cuda").getMethod("driverGetVersion").invoke(driver));
    }
}
