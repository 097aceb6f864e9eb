package dev.javelin.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against folders that look like those of Linux. */
final class ProcessorsTest {
    private static final int OTHERWISE = 77;

    @TempDir
    private Path root;

    @Test
    void withoutAnyFileTheJvmIsBelieved() {
        assertThat(count()).isEqualTo(OTHERWISE);
    }

    @Test
    void theAffinityMaskCounts() throws IOException {
        allow("0-3,8,10-11");
        assertThat(count()).isEqualTo(7);
    }

    @Test
    void siblingsOfACoreCountOnce() throws IOException {
        allow("0-7");
        for (int processor = 0; processor < 8; processor++) { // 0 and 4 share a core, and so on
            write(topology(processor, "core_cpus_list"), "%d,%d".formatted(processor % 4, processor % 4 + 4));
        }
        assertThat(count()).isEqualTo(4);
    }

    @Test
    void aSiblingOutsideOfTheMaskTakesNothingAway() throws IOException {
        allow("0-3");
        for (int processor = 0; processor < 4; processor++) {
            write(topology(processor, "thread_siblings_list"), "%d,%d".formatted(processor, processor + 4));
        }
        assertThat(count()).isEqualTo(4);
    }

    @Test
    void aFileThatMakesNoSenseIsPassedOver() throws IOException {
        allow("0-1");
        write(topology(0, "core_cpus_list"), "");
        write(topology(1, "core_cpus_list"), "5"); // not even itself
        assertThat(count()).isEqualTo(2);
        write("proc/self/status", "Cpus_allowed_list:\tfoo");
        assertThat(count()).isEqualTo(OTHERWISE);
    }

    @Test
    void theQuotaOfVersion2LimitsAndIsRoundedUp() throws IOException {
        allow("0-7");
        write("proc/self/cgroup", "0::/pod/container");
        write("sys/fs/cgroup/pod/container/cpu.max", "250000 100000");
        assertThat(count()).isEqualTo(3);
    }

    @Test
    void aQuotaFurtherUpLimitsToo() throws IOException {
        allow("0-7");
        write("proc/self/cgroup", "0::/pod/container");
        write("sys/fs/cgroup/pod/container/cpu.max", "max 100000");
        write("sys/fs/cgroup/pod/cpu.max", "200000 100000");
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void insideAContainerItsGroupIsTheRoot() throws IOException {
        allow("0-7");
        write("proc/self/cgroup", "0::/");
        write("sys/fs/cgroup/cpu.max", "100000 100000");
        assertThat(count()).isOne();
    }

    @Test
    void noQuotaNoLimit() throws IOException {
        allow("0-7");
        write("proc/self/cgroup", "0::/pod");
        write("sys/fs/cgroup/pod/cpu.max", "max 100000");
        assertThat(count()).isEqualTo(8);
    }

    @Test
    void theQuotaOfVersion1LimitsUnderEitherNameOfItsFolder() throws IOException {
        allow("0-7");
        write("proc/self/cgroup", "5:memory:/pod", "4:cpu,cpuacct:/pod", "0::/");
        write("sys/fs/cgroup/cpu,cpuacct/pod/cpu.cfs_quota_us", "400000");
        write("sys/fs/cgroup/cpu,cpuacct/pod/cpu.cfs_period_us", "100000");
        assertThat(count()).isEqualTo(4);
        write("sys/fs/cgroup/cpu/pod/cpu.cfs_quota_us", "-1"); // none
        write("sys/fs/cgroup/cpu/pod/cpu.cfs_period_us", "100000");
        assertThat(count()).isEqualTo(4);
    }

    @Test
    void whatTheUserSaysWins() throws IOException {
        allow("0-7");
        write("proc/self/cgroup", "0::/");
        write("sys/fs/cgroup/cpu.max", "200000 100000");
        assertThat(new Processors(root, OTHERWISE, 5).count()).isEqualTo(5);
    }

    @Test
    void aTinyQuotaStillLeavesOne() throws IOException {
        allow("0-7");
        write("proc/self/cgroup", "0::/");
        write("sys/fs/cgroup/cpu.max", "1000 100000");
        assertThat(count()).isOne();
    }

    @Test
    void thisProcessHasAtLeastOneAndNoMoreThanTheJvmSays() {
        assertThat(Processors.ofThisProcess().count())
                .isBetween(1, Runtime.getRuntime().availableProcessors());
    }

    private int count() {
        return new Processors(root, OTHERWISE, 0).count();
    }

    private void allow(String list) throws IOException {
        write("proc/self/status", "Name:\tjava", "Cpus_allowed:\tff", "Cpus_allowed_list:\t" + list);
    }

    private static String topology(int processor, String file) {
        return "sys/devices/system/cpu/cpu" + processor + "/topology/" + file;
    }

    private void write(String file, String... lines) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.write(path, List.of(lines));
    }
}
