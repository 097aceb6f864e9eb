package dev.javelin.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.javelin.api.Buffer;
import dev.javelin.api.Device;
import dev.javelin.api.DeviceInfo;
import dev.javelin.api.OpenOptions;
import dev.javelin.api.Want;
import dev.javelin.kernels.gpu.KernelId;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Opening, working and closing, in any order. */
class DeviceLifeTest {
    private final FakeCuda cuda = new FakeCuda(2);

    @Test
    void whatIsClosedFirstGivesAllBack() {
        Device device = Fakes.open(cuda, 0);
        SmallProgram program = new SmallProgram(device);
        for (int i = 0; i < 3; i++) {
            program.run(1, Want.ID);
        }
        program.close();
        device.close();
        device.close();
        assertThat(cuda.open()).isZero();
        assertThat(cuda.leaked).isZero();
    }

    @Test
    void closingTheDeviceFirstClosesAllThatIsOpenOnIt() {
        Device device = Fakes.open(cuda, 0);
        SmallProgram program = new SmallProgram(device);
        for (int i = 0; i < 3; i++) {
            program.run(1, Want.ID);
        }
        device.close();
        program.close();
        assertThat(cuda.open()).isZero();
        assertThat(cuda.leaked).isZero();
    }

    @Test
    void aDeviceCanBeOpenedTwice() {
        try (Device one = Fakes.open(cuda, 0);
                SmallProgram program = new SmallProgram(one)) {
            Fakes.open(cuda, 0).close();
            program.run(1, Want.ID);
        }
        assertThat(cuda.leaked).isZero();
    }

    @Test
    void aBufferKeepsWhatIsWritten() {
        try (Device device = Fakes.open(cuda, 0);
                Buffer buffer = device.openBuffer(1000)) {
            byte[] bytes = {1, 2, 3};
            buffer.write(500, MemorySegment.ofArray(bytes));
            byte[] read = new byte[5];
            buffer.read(499, MemorySegment.ofArray(read));
            assertThat(read).containsExactly(0, 1, 2, 3, 0);
        }
    }

    @Test
    void aKernelGetsTheSharedMemoryThatItWants() {
        KernelId kernel = new KernelId("file", "entry", Map.of(CudaDriver.DYNAMIC_SHARED, "70000"));
        CudaDevice device = Discovery.ofOne(cuda, 0).devices().getFirst();
        try (CudaDriver driver = new CudaDriver(cuda, device)) {
            long opened = driver.openKernel(kernel, () -> ".version 7.0");
            driver.launch(opened, 1, new long[] {1, 0, 0}, new long[] {32, 0, 0});
            driver.freeKernel(opened);
        }
        assertThat(cuda.sharedAllowed).isEqualTo(70000);
        assertThat(cuda.sharedOfLaunch).isEqualTo(70000);
        assertThat(cuda.leaked).isZero();
    }

    @Test
    void whatIsNotThereIsRefused() {
        DeviceInfo unknown = new DeviceInfo("cuda:2", "none", DeviceInfo.Kind.GPU, 1, 1, Set.of(), false);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fakes.backend(cuda).open(unknown))
                .withMessage("there is no such device: device=cuda:2, found=2 devices");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fakes.backend(cuda).open(unknown, OpenOptions.of("width", "8")))
                .withMessageContaining("width");
    }
}
