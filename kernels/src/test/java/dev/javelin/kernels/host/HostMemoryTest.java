package dev.javelin.kernels.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against folders that look like those of Linux. */
final class HostMemoryTest {
    private static final long KB = 1024;

    @TempDir
    private Path root;

    @Test
    void withoutAnyFileTheJvmIsBelieved() {
        assertThat(HostMemory.of(root, 1000, 10)).isEqualTo(new HostMemory(1000, 10));
    }

    @Test
    void whatCachesFilesIsFree() throws IOException {
        machine(1000, 700);
        assertThat(HostMemory.of(root, 1000 * KB, 300 * KB).free()).isEqualTo(700 * KB);
    }

    @Test
    void aContainerHasItsOwnCache() throws IOException {
        machine(1000, 700);
        write("sys/fs/cgroup/memory.stat", "anon 1", "inactive_file " + 20 * KB, "active_file " + 30 * KB);
        assertThat(HostMemory.of(root, 200 * KB, 100 * KB)).isEqualTo(new HostMemory(200 * KB, 150 * KB));
    }

    @Test
    void aContainerOfTheOlderKindToo() throws IOException {
        machine(1000, 700);
        write("sys/fs/cgroup/memory/memory.stat", "inactive_file 5", "total_inactive_file " + 20 * KB);
        assertThat(HostMemory.of(root, 200 * KB, 100 * KB).free()).isEqualTo(120 * KB);
    }

    @Test
    void aContainerHasNoMoreThanTheMachine() throws IOException {
        machine(1000, 110);
        write("sys/fs/cgroup/memory.stat", "inactive_file " + 90 * KB);
        assertThat(HostMemory.of(root, 200 * KB, 100 * KB).free()).isEqualTo(110 * KB);
    }

    @Test
    void thisMachineHasSome() {
        HostMemory now = HostMemory.now();
        assertThat(now.free()).isPositive().isLessThanOrEqualTo(now.total());
    }

    private void machine(long totalKb, long availableKb) throws IOException {
        write("proc/meminfo", "MemTotal:  %d kB".formatted(totalKb), "MemAvailable:  %d kB".formatted(availableKb));
    }

    private void write(String file, String... lines) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.write(path, List.of(lines));
    }
}
