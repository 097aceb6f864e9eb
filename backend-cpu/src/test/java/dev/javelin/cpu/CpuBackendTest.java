package dev.javelin.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.javelin.api.Backend;
import dev.javelin.api.Device;
import dev.javelin.api.DeviceInfo;
import dev.javelin.api.OpenOptions;
import dev.javelin.api.Probe;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CpuBackendTest {
    private final Backend backend = new CpuBackend();

    @Test
    void theServiceLoaderFindsIt() {
        assertThat(ServiceLoader.load(Backend.class))
                .anySatisfy(found -> assertThat(found).isInstanceOf(CpuBackend.class));
    }

    @Test
    void findsOneDevice() {
        DeviceInfo info = info();
        assertThat(info.id()).isEqualTo("cpu:0");
        assertThat(info.kind()).isEqualTo(DeviceInfo.Kind.CPU);
        assertThat(info.sharesHostMemory()).isTrue();
        assertThat(info.memoryTotal()).isGreaterThan(1L << 26);
        assertThat(info.features()).contains("vector" + Lanes.preferredBits());
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        refused(OpenOptions.of("thread", "2"), "unknown option", "thread");
        refused(OpenOptions.of("threads", "0"), "positive", "threads=0");
        refused(OpenOptions.of("threads", "many"), "positive", "threads=many");
        refused(OpenOptions.of("threads", "100000"), "threads=100000", "most=");
        refused(OpenOptions.of("width", "1024"), "128, 256, 512", "width=1024");
    }

    @Test
    void refusesADeviceOfAnotherBackend() {
        DeviceInfo other = new DeviceInfo("gpu:0", "other", DeviceInfo.Kind.GPU, 1, 1, Set.of(), false);
        assertThatThrownBy(() -> backend.open(other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("gpu:0");
    }

    @Test
    void refusesAWidthThatTheProcessorLacks() {
        for (VectorWidth width : VectorWidth.values()) {
            OpenOptions options = OpenOptions.of("width", Integer.toString(width.bits()));
            if (CpuDevice.has(width)) {
                backend.open(info(), options).close();
            } else {
                refused(options, "no vectors of that width", "width=" + width.bits(), "leave the option out");
            }
        }
    }

    @Test
    void closingEndsTheThreads() {
        try (Device device = backend.open(info(), new OpenOptions(Map.of("threads", "3", "width", "128")))) {
            assertThat(device.info().id()).isEqualTo("cpu:0");
            assertThat(workers()).hasSize(2);
        }
        assertThat(workers()).isEmpty();
    }

    private static List<String> workers() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("javelin-cpu:0-"))
                .toList();
    }

    private void refused(OpenOptions options, String... words) {
        assertThatThrownBy(() -> backend.open(info(), options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(words);
    }

    private DeviceInfo info() {
        return switch (backend.probe()) {
            case Probe.Found(List<DeviceInfo> devices) -> devices.getFirst();
            case Probe.Unavailable(String reason, String remedy) -> throw new AssertionError(reason + ": " + remedy);
        };
    }
}
