package dev.javelin.kernels.gpu;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which kernel. Those of one file with the same defines are built together, once for each device, so the fewer variants there
 * are, the less there is to build: shapes are arguments.
 *
 * @param file name of the text, such as {@code matmul_q8_0}
 * @param entry name of the function
 * @param defines macros that the text is built with, name to value; empty for a flag
 */
public record KernelId(String file, String entry, Map<String, String> defines) {
    public KernelId {
        defines = Map.copyOf(defines);
    }

    /** Without macros. */
    public KernelId(String file, String entry) {
        this(file, entry, Map.of());
    }

    /** The macros as compilers take them, in a fixed order, such as {@code -D ROWS=4 -D FAST}. */
    public String options() {
        return new TreeMap<>(defines)
                .entrySet().stream()
                        .map(macro -> macro.getValue().isEmpty()
                                ? "-D " + macro.getKey()
                                : "-D " + macro.getKey() + "=" + macro.getValue())
                        .collect(Collectors.joining(" "));
    }
}
