package dev.javelin.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.javelin.api.Completion;
import dev.javelin.api.Device;
import dev.javelin.api.DeviceFailedException;
import dev.javelin.api.DeviceMemoryException;
import dev.javelin.api.JavelinException;
import dev.javelin.api.Want;
import dev.javelin.cuda.driver.Cu;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What users hear when the driver says no, and that only the device concerned is. */
class FailingDriverTest {
    private final FakeCuda cuda = new FakeCuda(2);

    @Test
    void aKernelThatGoesWrongEndsItsDeviceAndNoOther() {
        try (Device good = Fakes.open(cuda, 1);
                SmallProgram other = new SmallProgram(good)) {
            Device bad = Fakes.open(cuda, 0);
            SmallProgram program = new SmallProgram(bad);
            program.run(1, Want.ID);
            cuda.fail("eventSynchronize", 1, Cu.ILLEGAL_ADDRESS);
            program.fill(1, Want.ID);
            Completion run = program.plan.run(program.step);
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(run::await)
                        .isInstanceOf(DeviceFailedException.class)
                        .hasMessageContainingAll(
                                "program=small",
                                "device=cuda:0",
                                "CUDA_ERROR_ILLEGAL_ADDRESS (700) in a run",
                                "close the device");
            }
            assertThatThrownBy(() -> bad.openBuffer(100))
                    .isInstanceOf(DeviceFailedException.class)
                    .hasMessageContainingAll("CUDA_ERROR_ILLEGAL_ADDRESS (700) in a run", "device=cuda:0");
            other.run(1, Want.ID);
            program.close();
            bad.close();
            assertThat(bad.memoryUse().open()).isZero();
            try (Device again = Fakes.open(cuda, 0);
                    SmallProgram fresh = new SmallProgram(again)) {
                fresh.run(1, Want.ID);
            }
        }
        assertThat(cuda.leaked).isZero();
    }

    @Test
    void aLaunchThatIsRefusedIsTold() {
        try (Device bad = Fakes.open(cuda, 0);
                SmallProgram program = new SmallProgram(bad)) {
            cuda.fail("launchKernel", 2, Cu.LAUNCH_OUT_OF_RESOURCES);
            program.fill(1, Want.ID);
            assertThatThrownBy(() -> program.plan.run(program.step).await())
                    .isInstanceOf(DeviceFailedException.class)
                    .hasMessageContainingAll("error (701) in cuLaunchKernel of ", " of file ", "groups=[", "threads=[");
        }
    }

    @Test
    void memoryThatTheDriverHasNotGotIsToldAsSuch() {
        try (Device bad = Fakes.open(cuda, 0)) {
            cuda.fail("memAlloc", 1, Cu.OUT_OF_MEMORY);
            assertThatThrownBy(() -> bad.openBuffer(1000))
                    .isInstanceOf(DeviceMemoryException.class)
                    .hasMessageContainingAll("device=cuda:0", "bytesNeeded=1000", "bytesAvailable=8589934592");
            assertThat(bad.memoryUse().open()).isZero();
            bad.openBuffer(1000).close();
        }
    }

    /** Every function of the driver that a life calls, failing at its first to third call, in three ways. */
    static Stream<Arguments> everyCall() {
        List<String> functions = List.of(
                "devicePrimaryCtxRetain",
                "contextSetCurrent",
                "memGetInfo",
                "streamCreate",
                "streamSynchronize",
                "streamBeginCapture",
                "streamEndCapture",
                "graphInstantiate",
                "graphUpload",
                "graphLaunch",
                "eventCreate",
                "eventRecord",
                "eventQuery",
                "eventSynchronize",
                "memAlloc",
                "memHostAlloc",
                "memcpyHtoDAsync",
                "memcpyDtoHAsync",
                "memcpyDtoDAsync",
                "memsetD8Async",
                "moduleLoadDataEx",
                "moduleGetFunction",
                "launchKernel");
        return functions.stream()
                .flatMap(function -> IntStream.of(1, 2, 3, 10)
                        .boxed()
                        .flatMap(call -> Stream.of(Cu.INVALID_VALUE, Cu.OUT_OF_MEMORY, Cu.LAUNCH_FAILED)
                                .map(code -> Arguments.of(function, call, code))));
    }

    @ParameterizedTest
    @MethodSource("everyCall")
    void whereverItFailsAllIsGivenBackAndTheOtherDeviceGoesOn(String function, int call, int code) {
        try (Device good = Fakes.open(cuda, 1);
                SmallProgram other = new SmallProgram(good)) {
            other.run(1, Want.ID);
            int open = cuda.open();
            cuda.fail(function, call, code);
            try (Device bad = Fakes.open(cuda, 0);
                    SmallProgram program = new SmallProgram(bad)) {
                for (int tokens : new int[] {1, 1, 1, 80}) {
                    program.run(tokens, Want.ID, Want.LOGITS);
                }
            } catch (JavelinException | IllegalStateException told) {
                assertThat(Stream.concat(Stream.of(told), Arrays.stream(told.getSuppressed())))
                        .allSatisfy(one -> assertThat(one.getMessage()).contains("cuda:0"));
            }
            cuda.fail("nothing", 1, 0);
            assertThat(cuda.open()).isEqualTo(open);
            assertThat(cuda.leaked).isZero();
            other.run(1, Want.ID);
        }
    }
}
