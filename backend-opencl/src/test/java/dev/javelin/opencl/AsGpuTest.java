package dev.javelin.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.javelin.api.Device;
import dev.javelin.api.DeviceInfo;
import dev.javelin.api.OpenOptions;
import org.junit.jupiter.api.Test;

/** The option that opens a device as if it were a GPU. */
class AsGpuTest {

    private static DeviceInfo found() {
        return Found.devices(Found.require(Bindings.JOCL)).getFirst().info();
    }

    @Test
    void aDeviceIsAGpuWithMemoryOfItsOwn() {
        DeviceInfo info = found();
        try (Device device = Found.backend(Bindings.JOCL).open(info, OpenOptions.of("as", "gpu"))) {
            assertThat(device.info().sharesHostMemory()).isFalse();
            assertThat(device.info().kind()).isEqualTo(DeviceInfo.Kind.GPU);
            assertThat(device.info().features()).contains("as=gpu").doesNotContain("unified");
        }
    }

    @Test
    void anotherValueIsRefused() {
        DeviceInfo info = found();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Found.backend(Bindings.JOCL).open(info, OpenOptions.of("as", "tpu")))
                .withMessage("the option must be gpu: as=tpu");
    }
}
