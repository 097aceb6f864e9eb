package dev.javelin.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Looks at the system's drivers, permissions and memory limits, by reading files only.
 *
 * @param root of the file system, another one in tests
 */
record SystemChecks(Path root) {
    private static final List<String> LIBRARY_FOLDERS = List.of(
            "usr/lib/x86_64-linux-gnu", "usr/lib/aarch64-linux-gnu", "usr/lib64", "usr/lib", "usr/lib/wsl/lib", "lib");

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.ok(
                "system",
                "%s %s, %s, %d processors"
                        .formatted(
                                System.getProperty("os.name"),
                                System.getProperty("os.version"),
                                System.getProperty("os.arch"),
                                Runtime.getRuntime().availableProcessors())));
        nvidia(findings);
        openCl(findings);
        renderNodes(findings);
        firstLine("sys/fs/cgroup/memory.max")
                .filter(limit -> !limit.equals("max"))
                .forEach(limit -> findings.add(
                        Finding.note("memory", "this container may use " + Sizes.text(Long.parseLong(limit)))));
        return findings;
    }

    private void nvidia(List<Finding> findings) {
        List<String> version = firstLine("proc/driver/nvidia/version").toList();
        if (version.isEmpty()) {
            findings.add(Finding.note("nvidia", "no driver is loaded: there is no /proc/driver/nvidia/version"));
            return;
        }
        Path control = root.resolve("dev/nvidiactl");
        if (!Files.isReadable(control) || !Files.isWritable(control)) {
            findings.add(Finding.bad(
                    "nvidia",
                    version.getFirst()
                            + ", but /dev/nvidiactl cannot be opened: start the container with --gpus all, or"
                            + " give this user access"));
        } else if (!hasLibrary("libcuda.so.1")) {
            findings.add(Finding.bad(
                    "nvidia", version.getFirst() + ", but there is no libcuda.so.1: install the driver's libraries"));
        } else {
            findings.add(Finding.ok("nvidia", version.getFirst()));
        }
    }

    private void openCl(List<Finding> findings) {
        List<String> vendors = names("etc/OpenCL/vendors", "*.icd");
        boolean loader = hasLibrary("libOpenCL.so.1");
        if (vendors.isEmpty()) {
            findings.add(Finding.note("opencl", "no driver is registered in /etc/OpenCL/vendors"));
        } else if (!loader) {
            findings.add(Finding.bad(
                    "opencl",
                    "the drivers %s are registered, but there is no libOpenCL.so.1: install ocl-icd-libopencl1"
                            .formatted(vendors)));
        } else {
            findings.add(Finding.ok("opencl", "drivers " + vendors));
        }
    }

    private void renderNodes(List<Finding> findings) {
        for (String node : names("dev/dri", "renderD*")) {
            Path path = root.resolve("dev/dri").resolve(node);
            findings.add(
                    Files.isReadable(path) && Files.isWritable(path)
                            ? Finding.ok("gpu", "/dev/dri/" + node + " can be opened")
                            : Finding.bad(
                                    "gpu",
                                    "/dev/dri/" + node + " cannot be opened: add this user to the group render"));
        }
    }

    private boolean hasLibrary(String name) {
        return LIBRARY_FOLDERS.stream()
                .anyMatch(folder -> Files.exists(root.resolve(folder).resolve(name)));
    }

    private List<String> names(String folder, String pattern) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(root.resolve(folder), pattern)) {
            files.forEach(file -> names.add(String.valueOf(file.getFileName())));
        } catch (IOException notThere) {
            return List.of();
        }
        names.sort(null);
        return names;
    }

    private Stream<String> firstLine(String file) {
        try {
            return Files.readAllLines(root.resolve(file)).stream().limit(1);
        } catch (IOException notThere) {
            return Stream.empty();
        }
    }
}
