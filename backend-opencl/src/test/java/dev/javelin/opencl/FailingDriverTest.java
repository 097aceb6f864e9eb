package dev.javelin.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.javelin.api.Completion;
import dev.javelin.api.Device;
import dev.javelin.api.DeviceFailedException;
import dev.javelin.api.DeviceMemoryException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
