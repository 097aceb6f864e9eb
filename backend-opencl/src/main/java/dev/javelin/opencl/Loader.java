package dev.javelin.opencl;

import java.io.File;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The system's loader of OpenCL drivers. Bindings print, and are spoilt for good, if it is missing; and the JDK prints when a
 * library is loaded without leave. So files are looked at first, and nothing is loaded where there is none.
 *
 * @param root of the file system, another one in tests
 */
record Loader(String system, Map<String, String> environment, Path root) {
    private static final String LINUX = "libOpenCL.so.1";
    private static final String VENDORS = "OCL_ICD_VENDORS";
    private static final List<String> FOLDERS = List.of(
            "usr/lib/x86_64-linux-gnu",
            "usr/lib/aarch64-linux-gnu",
            "lib/x86_64-linux-gnu",
            "lib/aarch64-linux-gnu",
            "usr/lib64",
            "usr/lib",
            "usr/local/lib",
            "usr/local/cuda/lib64",
            "usr/lib/wsl/lib");

    static Loader ofSystem() {
        return new Loader(System.getProperty("os.name", ""), System.getenv(), Path.of(File.separator));
    }

    /** What to ask for by name: nobody knows all places in which it may lie. */
    String library() {
        return isWindows() ? "OpenCL.dll" : isMac() ? "/System/Library/Frameworks/OpenCL.framework/OpenCL" : LINUX;
    }

    private boolean isWindows() {
        return system.startsWith("Windows");
    }

    private boolean isMac() {
        return system.startsWith("Mac");
    }

    /** Whether there is a file of it; reads files only. */
    boolean isInstalled() {
        if (isWindows()) {
            String windows = environment.getOrDefault("SystemRoot", "C:\\Windows");
            return Files.exists(Path.of(windows, "System32", "OpenCL.dll"));
        }
        if (isMac()) {
            return Files.isDirectory(root.resolve("System/Library/Frameworks/OpenCL.framework"));
        }
        return Stream.concat(named().stream(), FOLDERS.stream().map(root::resolve))
                        .anyMatch(folder -> Files.exists(folder.resolve(LINUX)))
                || isInLoaderCache();
    }

    private List<Path> named() {
        List<Path> folders = new ArrayList<>();
        for (String folder : environment.getOrDefault("LD_LIBRARY_PATH", "").split(":", -1)) {
            if (!folder.isBlank()) {
                folders.add(Path.of(folder));
            }
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

    /**
     * Whether a driver seems to be registered; reads files only. Some loaders are a driver themselves and need none, so this is
     * only asked where loading would print.
     */
    boolean hasDrivers() {
        if (isWindows() || isMac()) {
            return true;
        }
        String named = environment.get(VENDORS);
        boolean isNamed = named != null && !named.isBlank();
        Path vendors = isNamed ? Path.of(named) : root.resolve("etc/OpenCL/vendors");
        if (!Files.isDirectory(vendors)) {
            return isNamed && Files.exists(vendors); // the file of one driver
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(vendors, "*.icd")) {
            return files.iterator().hasNext();
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** Tries to load it; null if that works, else why not. */
    @SuppressWarnings("restricted") // finding out whether it can be loaded, quietly
    @Nullable
    String whyNot() {
        try (Arena arena = Arena.ofConfined()) {
            SymbolLookup.libraryLookup(library(), arena);
            return null;
        } catch (IllegalArgumentException | IllegalCallerException notLoaded) {
            return String.valueOf(notLoaded.getMessage());
        }
    }
}
