package dev.javelin.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
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

    private static List<String> ids(Devices devices) {
        return devices.found().stream().map(device -> device.info().id()).toList();
    }
}
