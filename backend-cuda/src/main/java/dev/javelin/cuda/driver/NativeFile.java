package dev.javelin.cuda.driver;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * JCuda's native library as a file, in a new folder that nobody else can write to. Closing deletes it; where it is in use then,
 * as on Windows, it stays.
 */
record NativeFile(Path folder, Path file) implements AutoCloseable {
    private static final String VERSION = "12.6.0";

    /** Of this system; null if there is none. */
    static @Nullable String name(String system, String processor) {
        if (!processor.equals("amd64") && !processor.equals("x86_64")) {
            return null;
        }
        return switch (system.toLowerCase(Locale.ROOT).split(" ", 2)[0]) {
            case "linux" -> "libJCudaDriver-" + VERSION + "-linux-x86_64.so";
            case "windows" -> "JCudaDriver-" + VERSION + "-windows-x86_64.dll";
            default -> null;
        };
    }

    static NativeFile unpack() throws IOException {
        String name = name(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
        if (name == null) {
            throw new IOException("there is no library of JCuda's for this system");
        }
        Path folder = Files.createTempDirectory("javelin-cuda-");
        NativeFile unpacked = new NativeFile(folder, folder.resolve(name));
        try (InputStream packed = NativeFile.class.getResourceAsStream("lib/" + name)) {
            if (packed == null) {
                throw new IOException("the jar lacks " + name);
            }
            Files.copy(packed, unpacked.file());
            return unpacked;
        } catch (IOException failed) {
            unpacked.close();
            throw failed;
        }
    }

    /** The file, if the library is meant by that name; it has neither prefix nor ending. */
    @Nullable
    Path named(String library) {
        return String.valueOf(file.getFileName()).contains(library + ".") ? file : null;
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        } catch (IOException inUse) {
            file.toFile().deleteOnExit();
            folder.toFile().deleteOnExit();
        }
    }
}
