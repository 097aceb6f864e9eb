package dev.javelin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.javelin.runtime.UserFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemChecksTest {
    @TempDir
    private Path root;

    @Test
    void aMachineWithoutGpusIsWell() {
        assertThat(texts()).noneMatch(line -> line.startsWith("BAD"));
        assertThat(texts()).anyMatch(line -> line.startsWith("note nvidia: no driver"));
        assertThat(texts()).anyMatch(line -> line.startsWith("note opencl: no driver"));
    }

    @Test
    void aDriverIsOkOnceItsDeviceAndItsLibraryAreThere() throws IOException {
        file("proc/driver/nvidia/version", "NVRM version: 575.1\nGCC");
        assertThat(texts())
                .contains("BAD nvidia: NVRM version: 575.1, but /dev/nvidiactl cannot be opened: start the container"
                        + " with --gpus all, or give this user access");
        file("dev/nvidiactl", "");
        assertThat(texts()).anyMatch(line -> line.startsWith("BAD nvidia") && line.contains("libcuda.so.1"));
        file("usr/lib64/libcuda.so.1", "");
        assertThat(texts()).contains("ok nvidia: NVRM version: 575.1");
    }

    @Test
    void openClNeedsItsLoader() throws IOException {
        file("etc/OpenCL/vendors/pocl.icd", "libpocl.so");
        assertThat(texts()).anyMatch(line -> line.startsWith("BAD opencl") && line.contains("libOpenCL.so.1"));
        file("usr/lib/libOpenCL.so.1", "");
        assertThat(texts()).contains("ok opencl: drivers [pocl.icd]");
    }

    @Test
    void limitsOfContainersAreTold() throws IOException {
        file("sys/fs/cgroup/memory.max", "max\n");
        assertThat(texts()).noneMatch(line -> line.contains("container"));
        file("sys/fs/cgroup/memory.max", "2000000000\n");
        assertThat(texts()).contains("note memory: this container may use 2.0 GB");
    }

    @Test
    void foldersThatWereNamedAndCannotBeMadeAreTold() throws IOException {
        file("plain", "");
        UserFolders folders = new UserFolders(
                Map.of("JAVELIN_CACHE", root.resolve("plain/cache").toString()), root);
        assertThat(folders.state()).isEqualTo(root.resolve(".local/state/javelin"));
        assertThat(UserFolders.isWritable(root.resolve("new/folder"))).isTrue();
        org.assertj.core.api.Assertions.assertThatThrownBy(folders::requireNamedOnesWritable)
                .hasMessageContaining("JAVELIN_CACHE=");
    }

    private List<String> texts() {
        return new SystemChecks(root)
                .findings().stream()
                        .map(finding -> finding.shownLevel() + " " + finding.about() + ": " + finding.text())
                        .toList();
    }

    private void file(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
