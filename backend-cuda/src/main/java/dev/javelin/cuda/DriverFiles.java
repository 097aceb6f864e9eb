package dev.javelin.cuda;

import java.io.File;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What NVIDIA's driver leaves on a system. JCuda is spoilt for good where the driver's library is missing, and the JDK prints
 * when a library is loaded without leave. So files are looked at first, and nothing is loaded where there is none. That is done at
 * every start of a program, so it goes without streams and formats, which cost more than all the rest.
 *
 * @param root of the file system, another one in tests
 */
record DriverFiles(String system, String processor, Map<String, String> environment, Path root) {
    private static final String LINUX = "libcuda.so.1";
    private static final String WINDOWS = "nvcuda.dll";
    private static final List<String> FOLDERS = List.of(
            "usr/lib/x86_64-linux-gnu",
            "lib/x86_64-linux-gnu",
            "usr/lib64",
            "usr/lib",
            "usr/lib64/nvidia",
            "usr/lib/nvidia",
            "usr/local/nvidia/lib64",
            "usr/local/lib",
            "usr/lib/wsl/lib",
            "run/opengl-driver/lib",
            "usr/lib/aarch64-linux-gnu");

    /** Any of them is there while the driver is at work; the second on WSL. */
    private static final List<String> AT_WORK = List.of("dev/nvidiactl", "dev/dxg", "proc/driver/nvidia/version");

    static DriverFiles ofSystem() {
        return new DriverFiles(
                System.getProperty("os.name", ""),
                System.getProperty("os.arch", ""),
                System.getenv(),
                Path.of(File.separator));
    }

    /** What to ask for by name: nobody knows all places in which it may lie. */
    String library() {
        return isWindows() ? WINDOWS : LINUX;
    }

    /** The library that comes with it and tells how devices are. */
    String supervisor() {
        return isWindows() ? "nvml.dll" : "libnvidia-ml.so.1";
    }

    private boolean isWindows() {
        return system.startsWith("Windows");
    }

    /** Whether there can be a driver on such a system at all. */
    boolean isPossible() {
        return isWindows() || system.startsWith("Linux");
    }

    /** Whether there is a file of its library; reads files only. */
    boolean isInstalled() {
        if (isWindows()) {
            return Files.exists(Path.of(environment.getOrDefault("SystemRoot", "C:\\Windows"), "System32", WINDOWS));
        }
        for (Path folder : folders()) {
            if (Files.exists(folder.resolve(LINUX))) {
                return true;
            }
        }
        return isInLoaderCache();
    }

    private List<Path> folders() {
        List<Path> folders = new ArrayList<>();
        for (String folder : environment.getOrDefault("LD_LIBRARY_PATH", "").split(":", -1)) {
            if (!folder.isBlank()) {
                folders.add(Path.of(folder));
            }
        }
        for (String folder : FOLDERS) {
            folders.add(root.resolve(folder));
        }
        return folders;
    }

    /** The dynamic linker's cache knows the folders that a system's own configuration adds. */
    private boolean isInLoaderCache() {
        try {
            return Files.readString(root.resolve("etc/ld.so.cache"), StandardCharsets.ISO_8859_1)
                    .contains(LINUX);
        } catch (IOException notThere) {
            return false;
        }
    }

    /** Whether the system's part of the driver is at work; reads files only. */
    boolean isAtWork() {
        for (String file : AT_WORK) {
            if (Files.exists(root.resolve(file))) {
                return true;
            }
        }
        return isWindows();
    }

    /** Tries to load it, for good: drivers do not like to be unloaded. Null if that works, else why not. */
    @SuppressWarnings("restricted") // finding out whether it can be loaded, quietly
    @Nullable
    String whyNot() {
        try {
            SymbolLookup.libraryLookup(library(), Arena.global());
            return null;
        } catch (IllegalArgumentException | IllegalCallerException notLoaded) {
            return String.valueOf(notLoaded.getMessage());
        }
    }

    /** Which of the functions the loaded library lacks: calling one of those would end the JVM. */
    @SuppressWarnings("restricted")
    List<String> lacking(List<String> functions) {
        SymbolLookup found = SymbolLookup.libraryLookup(library(), Arena.global());
        return functions.stream().filter(name -> found.find(name).isEmpty()).toList();
    }
}
