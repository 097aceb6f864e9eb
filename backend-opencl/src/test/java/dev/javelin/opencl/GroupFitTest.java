package dev.javelin.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.javelin.api.Device;
import dev.javelin.api.DeviceInfo;
import dev.javelin.api.OpenOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Devices that have small groups only. */
class GroupFitTest {
    private final OpenCl real = Found.require(Bindings.JOCL);
    private final Map<Integer, byte[]> answers = new HashMap<>();
    private long kernelGroup = Long.MAX_VALUE;
    private long largest;

    private final OpenCl small = Found.watched((proxy, method, arguments) -> {
        if (method.getName().equals("getDeviceInfo") && arguments != null && answers.containsKey((int) arguments[1])) {
            return answers.get((int) arguments[1]);
        }
        if (method.getName().equals("getKernelGroupSize")) {
            return kernelGroup;
        }
        if (method.getName().equals("enqueueNdRangeKernel") && arguments != null) {
            long[] local = (long[]) arguments[4];
            long items = 1;
            for (int axis = 0; axis < (int) arguments[2]; axis++) {
                items *= local[axis];
            }
            largest = Math.max(largest, items);
        }
        return Found.ask(real, method, arguments);
    });

    private static byte[] longs(long... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Long.BYTES).order(ByteOrder.nativeOrder());
        for (long number : numbers) {
            bytes.putLong(number);
        }
        return bytes.array();
    }

    private ClDevice found() {
        return Found.devices(small).getFirst().asGpu();
    }

    private float[] run(ClDevice device) {
        try (Device opened = OpenClBackend.open(small, device, ProgramCache.NONE);
                SmallProgram program = new SmallProgram(opened, false)) {
            return program.run();
        }
    }

    @Test
    void whatKernelsCanHaveCounts() {
        float[] expected = run(found());
        assertThat(largest).isEqualTo(256);
        largest = 0;
        kernelGroup = 100;
        float[] actual = run(found());
        assertThat(largest).isEqualTo(64);
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i]).isCloseTo(expected[i], within(1e-5f));
        }
    }

    @Test
    void whatTheDeviceSaysOfItsAxesCounts() {
        answers.put(Cl.DEVICE_MAX_WORK_ITEM_SIZES, longs(128, 128, 1));
        assertThat(found().traits().groupSize()).isEqualTo(128);
        answers.put(Cl.DEVICE_MAX_WORK_ITEM_SIZES, longs(1024, 4, 1));
        assertThat(found().traits().groupSize()).isEqualTo(64);
        run(found());
        assertThat(largest).isEqualTo(64);
        answers.put(Cl.DEVICE_MAX_WORK_ITEM_SIZES, longs(1024, 1, 1));
        assertThat(Found.devices(small)).isEmpty();
        assertThat(new Discovery(small).problems())
                .anyMatch(problem -> problem.contains("has groups of at most 16 work-items where 64 are needed"));
    }

    @Test
    void anEmbeddedProfileIsLeftOut() {
        answers.put(Cl.DEVICE_PROFILE, "EMBEDDED_PROFILE\0".getBytes(StandardCharsets.UTF_8));
        assertThat(Found.devices(small)).isEmpty();
        assertThat(new Discovery(small).problems()).anyMatch(problem -> problem.contains("embedded profile"));
    }

    @Test
    void anOptionKeepsThemSmall() {
        DeviceInfo info = Found.devices(real).getFirst().info();
        Map<String, String> wishes = Map.of("as", "gpu", "group", "64");
        Found.backend(Bindings.JOCL).open(info, new OpenOptions(wishes)).close();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Found.backend(Bindings.JOCL).open(info, OpenOptions.of("group", "63")))
                .withMessage("groups have at least 64 work-items: group=63");
    }
}
