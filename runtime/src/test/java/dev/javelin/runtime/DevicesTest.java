package dev.javelin.runtime;

import static org.assertj.core.api.Assertions.assertThat;

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

    private static List<String> ids(Devices devices) {
        return devices.found().stream().map(device -> device.info().id()).toList();
    }
}
