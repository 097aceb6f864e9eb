package dev.javelin.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.javelin.api.Device;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several devices beside each other, in a JVM in which PoCL shows its processor twice. */
class TwoDevicesTest {

    @Test
    void eachHasItsNumberAndMemoryOfItsOwn() {
        OpenCl cl = Found.require(Bindings.JOCL);
        List<ClDevice> devices = Found.devices(cl);
        if (devices.size() < 2) {
            Found.skip("there is one OpenCL device only, and PoCL did not show it twice");
        }
        assertThat(devices)
                .extracting(device -> device.info().id())
                .startsWith("opencl:0", "opencl:1")
                .doesNotHaveDuplicates();
        try (Device one = OpenClBackend.open(cl, devices.getFirst(), ProgramCache.NONE);
                Device other = OpenClBackend.open(cl, devices.getLast(), ProgramCache.NONE);
                SmallProgram first = new SmallProgram(one, false);
                SmallProgram second = new SmallProgram(other, false)) {
            first.fill();
            second.fill();
            first.plan.run(first.step); // both under way at once
            second.plan.run(second.step).await();
            assertThat(second.run()).isEqualTo(first.run());
            assertThat(one.memoryUse().open()).isEqualTo(3);
        }
    }
}
