package dev.javelin.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.javelin.api.Probe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriverFilesTest {

    @TempDir
    Path root;

    private DriverFiles linux(Map<String, String> environment) {
        return new DriverFiles("Linux", "amd64", environment, root);
    }

    private Path file(String name) throws Exception {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.createFile(file);
    }

    @Test
    void anEmptySystemHasNothing() {
        assertThat(linux(Map.of()).isInstalled()).isFalse();
        assertThat(linux(Map.of()).isAtWork()).isFalse();
        assertThat(new DriverFiles("Windows 11", "amd64", Map.of("SystemRoot", root.toString()), root).isInstalled())
                .isFalse();
    }

    @Test
    void theLibraryIsFoundWhereItUsuallyLies() throws Exception {
        file("usr/lib64/libcuda.so.1");
        assertThat(linux(Map.of()).isInstalled()).isTrue();
        file("System32/nvcuda.dll");
        assertThat(new DriverFiles("Windows 11", "amd64", Map.of("SystemRoot", root.toString()), root).isInstalled())
                .isTrue();
    }

    @Test
    void theLibraryIsFoundWhereTheSystemSays() throws Exception {
        file("some/where/libcuda.so.1");
        String path = "/no/such:" + root.resolve("some/where");
        assertThat(linux(Map.of("LD_LIBRARY_PATH", path)).isInstalled()).isTrue();
        Files.writeString(file("etc/ld.so.cache"), "ld.so-1.7.0\0libcuda.so.1\0/opt/x/libcuda.so.1\0");
        assertThat(linux(Map.of()).isInstalled()).isTrue();
    }

    @Test
    void theDriverIsAtWorkWhereOneOfItsFilesIs() throws Exception {
        Path wsl = file("dev/dxg");
        assertThat(linux(Map.of()).isAtWork()).isTrue();
        Files.delete(wsl);
        assertThat(linux(Map.of()).isAtWork()).isFalse();
        file("proc/driver/nvidia/version");
        assertThat(linux(Map.of()).isAtWork()).isTrue();
    }

    @Test
    void otherSystemsAndProcessorsAreToldWhatElseThereIs() throws Exception {
        assertThat(new InstalledDriver(new DriverFiles("Mac OS X", "aarch64", Map.of(), root)).missing())
                .isEqualTo(new Probe.Unavailable(
                        "there is no CUDA for this system: Mac OS X", "use the OpenCL backend, or the CPU"));
        file("usr/lib/libcuda.so.1");
        file("dev/nvidiactl");
        assertThat(new InstalledDriver(new DriverFiles("Linux", "aarch64", Map.of(), root)).missing())
                .isEqualTo(new Probe.Unavailable(
                        "JCuda has no library for this processor: aarch64",
                        "use the OpenCL backend, which reaches the same GPU"));
    }
}
