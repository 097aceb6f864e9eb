package dev.javelin.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.javelin.api.Buffer;
import dev.javelin.api.Completion;
import dev.javelin.api.Device;
import dev.javelin.api.DeviceFailedException;
import dev.javelin.api.DeviceMemoryException;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What users hear when a driver says no, and that only the device concerned is. */
class FailingDriverTest {
    private final OpenCl real = Found.require(Bindings.JOCL);
    private final Map<String, Object> answers = new HashMap<>();
    private final OpenCl failing = Found.watched((proxy, method, arguments) -> {
        Object answer = answers.get(method.getName());
        return answer != null ? answer : Found.ask(real, method, arguments);
    });

    @Test
    void aRunThatCannotBeEnqueuedFails() {
        try (Device good = Found.open(real);
                SmallProgram other = new SmallProgram(good, false)) {
            float[] expected = other.run();
            try (Device bad = Found.open(failing);
                    SmallProgram program = new SmallProgram(bad, false)) {
                assertThat(program.run()).isEqualTo(expected);
                answers.put("enqueueNdRangeKernel", Cl.OUT_OF_RESOURCES);
                program.fill();
                Completion run = program.plan.run(program.step);
                assertThat(run.done()).isTrue();
                assertThatThrownBy(run::await)
                        .isInstanceOf(DeviceFailedException.class)
                        .hasMessageContainingAll(
                                "program=small",
                                "device=opencl:0",
                                "CL_OUT_OF_RESOURCES in clEnqueueNDRangeKernel of ",
                                "size=");
                assertThat(other.run()).isEqualTo(expected);
            }
        }
    }

    @Test
    void aRunThatFailsLaterFails() {
        try (Device bad = Found.open(failing);
                SmallProgram program = new SmallProgram(bad, false)) {
            program.run();
            answers.put("getEventStatus", Cl.OUT_OF_RESOURCES);
            answers.put("waitForEvent", Cl.EXEC_STATUS_ERROR_FOR_EVENTS_IN_WAIT_LIST);
            program.fill();
            Completion run = program.plan.run(program.step);
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(run::await)
                        .isInstanceOf(DeviceFailedException.class)
                        .hasMessageContaining("CL_OUT_OF_RESOURCES in a run");
            }
            answers.clear();
        }
    }

    @Test
    void memoryThatTheDriverHasNotGotIsToldAsSuch() {
        try (Device bad = Found.open(failing)) {
            answers.put("createBuffer", (long) Cl.MEM_OBJECT_ALLOCATION_FAILURE);
            assertThatThrownBy(() -> bad.openBuffer(1000))
                    .isInstanceOf(DeviceMemoryException.class)
                    .hasMessageContaining("bytesNeeded=1000");
            assertThat(bad.memoryUse().open()).isZero();
            answers.clear();
            bad.openBuffer(1000).close();
        }
    }

    @Test
    @Timeout(60)
    void memoryThatLacksWhileOthersWaitIsAFailureOfTheRun() {
        try (Device bad = Found.open(failing);
                SmallProgram program = new SmallProgram(bad, false)) {
            float[] expected = program.run();
            answers.put("enqueueNdRangeKernel", Cl.OUT_OF_RESOURCES);
            answers.put("finish", Cl.MEM_OBJECT_ALLOCATION_FAILURE);
            program.fill();
            Completion run = program.plan.run(program.step);
            assertThatThrownBy(run::await)
                    .isInstanceOf(DeviceFailedException.class)
                    .hasMessageContaining("CL_OUT_OF_RESOURCES");
            answers.clear();
            answers.put("waitForEvent", Cl.MEM_OBJECT_ALLOCATION_FAILURE);
            answers.put("getEventStatus", 1);
            program.fill();
            Completion other = program.plan.run(program.step);
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(other::await)
                        .isInstanceOf(DeviceFailedException.class)
                        .hasMessageContaining("CL_MEM_OBJECT_ALLOCATION_FAILURE in clWaitForEvents");
            }
            answers.clear();
            assertThat(program.run()).isEqualTo(expected);
        }
    }

    @Test
    void memoryThatIsTakenLateIsToldAsSuch() {
        try (Device bad = Found.open(failing);
                Buffer good = bad.openBuffer(8)) {
            answers.put("enqueueFillBuffer", Cl.OUT_OF_RESOURCES);
            assertThatThrownBy(() -> bad.openBuffer(1000))
                    .isInstanceOf(DeviceMemoryException.class)
                    .hasMessageContainingAll("clEnqueueFillBuffer", "bytesNeeded=1000");
            assertThat(bad.memoryUse().open()).isEqualTo(1);
            answers.put("enqueueWriteBuffer", Cl.OUT_OF_RESOURCES);
            assertThatThrownBy(() -> good.write(0, MemorySegment.ofArray(new byte[8])))
                    .isInstanceOf(DeviceFailedException.class); // it was there already
            answers.clear();
        }
    }

    @Test
    void whatCannotBeOpenedLeavesNothingBehind() {
        Map<String, Integer> calls = new HashMap<>();
        OpenCl counting = Found.watched((proxy, method, arguments) -> {
            calls.merge(method.getName(), 1, Integer::sum);
            return method.getName().equals("getKernelGroupSize") ? (Object) 1L : Found.ask(real, method, arguments);
        });
        assertThatThrownBy(() -> Found.open(counting))
                .isInstanceOf(DeviceFailedException.class)
                .hasMessageContaining("only in groups of 1 work-items where 64 are needed");
        assertThat(calls)
                .containsEntry("createContext", 1)
                .containsEntry("releaseContext", 1)
                .containsEntry("releaseCommandQueue", 1)
                .containsEntry("releaseProgram", 1)
                .containsEntry("releaseKernel", 1);
    }

    @Test
    void withoutPinnedMemoryThatOfTheJvmServes() {
        OpenCl unpinned = Found.watched((proxy, method, arguments) -> {
            boolean pinned = method.getName().equals("createBuffer")
                    && arguments != null
                    && ((long) arguments[1] & Cl.MEM_ALLOC_HOST_PTR) != 0;
            return pinned ? (Object) (long) Cl.OUT_OF_HOST_MEMORY : Found.ask(real, method, arguments);
        });
        ClDevice device = Found.devices(unpinned).getFirst().asGpu();
        try (Device opened = OpenClBackend.open(unpinned, device, ProgramCache.NONE);
                SmallProgram program = new SmallProgram(opened, false)) {
            assertThat(program.run()).hasSizeGreaterThan(1).doesNotContain(Float.NaN);
        }
    }

    @Test
    void aDeviceThatIsLostCanBeClosed() {
        Device bad = Found.open(failing);
        SmallProgram program = new SmallProgram(bad, false);
        program.run();
        answers.put("finish", Cl.OUT_OF_RESOURCES);
        program.close();
        bad.close();
        assertThat(bad.memoryUse().open()).isZero();
    }
}
