package dev.javelin.cpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the system says about its processors; nothing where it says nothing.
 *
 * @param root of the file system, another one in tests
 */
record CpuFacts(Path root) {

    /** The model, such as {@code AMD EPYC 9354}; otherwise the architecture. */
    String name() {
        return values("model name")
                .findFirst()
                .orElseGet(() -> System.getProperty("os.arch", "processor").toLowerCase(Locale.ROOT));
    }

    /** What the processor can do, in the words of the system. */
    Set<String> flags() {
        return Stream.of("flags", "Features")
                .flatMap(key -> values(key).limit(1))
                .flatMap(flags -> Stream.of(flags.split(" ", -1)))
                .filter(flag -> !flag.isBlank())
                .collect(Collectors.toSet());
    }

    private Stream<String> values(String key) {
        return lines().stream()
                .map(line -> line.split(":", 2))
                .filter(parts -> parts.length == 2 && parts[0].strip().equals(key))
                .map(parts -> parts[1].strip())
                .filter(value -> !value.isEmpty());
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(root.resolve("proc/cpuinfo"));
        } catch (IOException notThere) {
            return List.of();
        }
    }
}
