package dev.javelin.kernels.cuda;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What PTX may use: the instructions of a generation of GPUs. A module exists for the targets where its text differs. */
public enum PtxTarget {
    /** Turing: matrix units in F16. */
    SM_75("6.5"),
    /** Ampere: BF16, larger matrix operations, asynchronous copies. */
    SM_80("7.0"),
    /** Hopper, and whatever comes after it. */
    SM_90("8.0"),
    /** Hopper only: its matrix units for groups of warps. */
    SM_90A("8.0");

    private final String version;

    PtxTarget(String version) {
        this.version = version;
    }

    /** The version of PTX that modules of this target say, which a driver must know. */
    public String version() {
        return version;
    }

    /** Name of its folder, such as {@code sm_75}. */
    public String folder() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether there are kernels for GPUs of a compute capability. */
    public static boolean any(int major, int minor) {
        return major > 7 || (major == 7 && minor >= 5);
    }

    /**
     * The best target for a GPU.
     *
     * @param major of its compute capability, at least 7.5
     * @param takesVersion8 whether its driver takes PTX of version 8.0, as those since CUDA 12 do
     */
    public static PtxTarget best(int major, int minor, boolean takesVersion8) {
        if (!any(major, minor)) {
            throw new IllegalArgumentException(
                    "kernels need compute capability 7.5 or higher: capability=%d.%d; use OpenCL or the CPU there"
                            .formatted(major, minor));
        }
        if (major == 9 && takesVersion8) {
            return SM_90A;
        }
        if (major > 9 && takesVersion8) {
            return SM_90;
        }
        return major >= 8 ? SM_80 : SM_75;
    }

    /** Itself and what its GPUs take besides, best first. */
    List<PtxTarget> preferred() {
        return Stream.of(SM_90A, SM_90, SM_80, SM_75)
                .filter(target -> target.compareTo(this) <= 0)
                .toList();
    }
}
