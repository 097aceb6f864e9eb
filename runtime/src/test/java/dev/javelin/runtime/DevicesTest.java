package dev.javelin.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.javelin.api.Backend;
import dev.javelin.api.Device;
import dev.javelin.api.DeviceInfo;
import dev.javelin.api.OpenOptions;
import dev.javelin.api.Probe;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DevicesTest {

    @Test
    void eachDeviceIsFoundOnce() {
        assertThat(ids(Devices.find())).contains("cpu:0", "reference:0").doesNotHaveDuplicates();
    }

    @Test
    void devicesAreFoundFromAThreadWhoseClassLoaderSeesNone() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try {
            assertThat(ids(Devices.find())).contains("cpu:0", "reference:0").doesNotHaveDuplicates();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void ofANamedDeviceOnlyTheBackendIsAsked() {
        for (String name : List.of("cpu", "cpu:0")) {
            Devices named = Devices.findFor(name);
            assertThat(named.found()).allMatch(device -> device.backend().id().equals("cpu"));
            assertThat(named.missing()).isEmpty();
            assertThat(named.choose(name).info().id()).isEqualTo("cpu:0");
        }
    }

    @Test
    void whereTheNamedOneIsNotThereTheOthersAreNamed() {
        for (String name : List.of("cpu:7", "abacus")) {
            assertThatThrownBy(() -> Devices.findFor(name).choose(name))
                    .hasMessageContaining("wanted=" + name)
                    .hasMessageContaining("cpu:0")
                    .hasMessageContaining("reference:0");
        }
    }

    /** NVIDIA's GPUs are found by two backends. */
    @Test
    void aGpuIsReachedByTheBackendThatIsMadeForIt() {
        List<Devices.Found> found = List.of(
                device("cpu", DeviceInfo.Kind.CPU),
                device("opencl", DeviceInfo.Kind.CPU),
                device("opencl", DeviceInfo.Kind.GPU),
                device("reference", DeviceInfo.Kind.REFERENCE),
                device("cuda", DeviceInfo.Kind.GPU));
        assertThat(Devices.ordered(found))
                .extracting(
                        device -> device.backend().id() + " " + device.info().kind())
                .containsExactly("cuda GPU", "opencl GPU", "cpu CPU", "opencl CPU", "reference REFERENCE");
    }

    private static Devices.Found device(String backend, DeviceInfo.Kind kind) {
        DeviceInfo info = new DeviceInfo(backend + ":0", "a device", kind, 1, 1, Set.of(), false);
        return new Devices.Found(new Named(backend, info), info);
    }

    /** A backend with one device, which is not opened. */
    private record Named(String id, DeviceInfo device) implements Backend {
        @Override
        public Probe probe() {
            return new Probe.Found(List.of(device));
        }

        @Override
        public Device open(DeviceInfo info, OpenOptions options) {
            throw new UnsupportedOperationException("it is not opened: device=" + info.id());
        }
    }

    private static List<String> ids(Devices devices) {
        return devices.found().stream().map(device -> device.info().id()).toList();
    }
}
