package dev.javelin.cpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How many processors this process has for arithmetic: those it may run on, siblings of one core counted once, and no more
 * than the quota of its control group. Reads Linux's files; elsewhere it is what the JVM says.
 *
 * @param root of the file system, another one in tests
 * @param otherwise what to say where there are no such files
 * @param told the number that the user told the JVM, which is right whatever the files say, or 0
 */
record Processors(Path root, int otherwise, int told) {

    /** Of this process. */
    static Processors ofThisProcess() {
        return new Processors(
                Path.of("/"),
                Runtime.getRuntime().availableProcessors(),
                JvmOptions.ofThisJvm().processors());
    }

    /** At least 1. */
    int count() {
        if (told > 0) {
            return told;
        }
        int cores = allowed().map(this::cores).orElse(otherwise);
        double quota = quotaVersion2().or(this::quotaVersion1).orElse(Double.MAX_VALUE);
        return (int) Math.max(1, Math.min(cores, Math.ceil(quota)));
    }

    /** The processors of the affinity mask. */
    private Optional<BitSet> allowed() {
        return lines("proc/self/status")
                .filter(line -> line.startsWith("Cpus_allowed_list:"))
                .map(line -> list(line.substring(line.indexOf(':') + 1)))
                .filter(processors -> !processors.isEmpty())
                .findFirst();
    }

    private int cores(BitSet processors) {
        Set<BitSet> cores = new HashSet<>();
        processors.stream().forEach(processor -> cores.add(siblings(processor)));
        return cores.size();
    }

    /** The processors that share a core with one, itself included. */
    private BitSet siblings(int processor) {
        String topology = "sys/devices/system/cpu/cpu" + processor + "/topology/";
        return Stream.of("core_cpus_list", "thread_siblings_list") // the newer name first
                .flatMap(name -> lines(topology + name).limit(1))
                .map(Processors::list)
                .filter(siblings -> siblings.get(processor))
                .findFirst()
                .orElseGet(() -> list(Integer.toString(processor)));
    }

    /** The tightest quota on the way from the group of this process to the root of the groups. */
    private Optional<Double> quotaVersion2() {
        return groups("0::")
                .flatMap(group -> lines("sys/fs/cgroup" + group + "/cpu.max")
                        .limit(1)
                        .map(line -> line.strip().split(" ", -1))
                        .filter(words -> words.length == 2)
                        .flatMap(words -> ratio(words[0], words[1]).stream()))
                .min(Double::compare);
    }

    private Optional<Double> quotaVersion1() {
        return lines("proc/self/cgroup")
                .map(line -> line.split(":", 3))
                .filter(words ->
                        words.length == 3 && List.of(words[1].split(",", -1)).contains("cpu"))
                .flatMap(words -> groups(words[0] + ":" + words[1] + ":")
                        .flatMap(group -> Stream.of("cpu", words[1]).distinct().flatMap(mount -> {
                            String folder = "sys/fs/cgroup/" + mount + group;
                            return ratio(first(folder + "/cpu.cfs_quota_us"), first(folder + "/cpu.cfs_period_us"))
                                    .stream();
                        })))
                .min(Double::compare);
    }

    /** The group of this process in one hierarchy and all groups above it; inside a container its own group is the root. */
    private Stream<String> groups(String hierarchy) {
        return lines("proc/self/cgroup")
                .filter(line -> line.startsWith(hierarchy))
                .limit(1)
                .flatMap(line -> Stream.iterate(
                        line.substring(hierarchy.length()),
                        group -> group.startsWith("/"),
                        group -> group.equals("/") ? "" : above(group)));
    }

    private static String above(String group) {
        int slash = group.lastIndexOf('/');
        return slash == 0 ? "/" : group.substring(0, slash);
    }

    private static Optional<Double> ratio(String quota, String period) {
        try {
            double ratio = Double.parseDouble(quota) / Double.parseDouble(period);
            return ratio > 0 && Double.isFinite(ratio) ? Optional.of(ratio) : Optional.empty();
        } catch (NumberFormatException unlimited) { // "max"
            return Optional.empty();
        }
    }

    /** Numbers such as {@code 0-3,8}; none if it is something else. */
    private static BitSet list(String text) {
        BitSet numbers = new BitSet();
        try {
            for (String range : text.strip().split(",", -1)) {
                String[] ends = range.split("-", -1);
                numbers.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]) + 1);
            }
            return numbers;
        } catch (NumberFormatException | IndexOutOfBoundsException somethingElse) {
            return new BitSet();
        }
    }

    private String first(String file) {
        return lines(file).findFirst().orElse("");
    }

    private Stream<String> lines(String file) {
        try {
            return Files.readAllLines(root.resolve(file)).stream();
        } catch (IOException notThere) {
            return Stream.empty();
        }
    }
}
