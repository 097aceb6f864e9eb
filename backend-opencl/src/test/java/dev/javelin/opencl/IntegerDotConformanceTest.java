package dev.javelin.opencl;

import dev.javelin.api.Backend;
import dev.javelin.api.Device;
import dev.javelin.api.DeviceInfo;
import dev.javelin.api.OpenOptions;
import dev.javelin.api.Probe;
import dev.javelin.conformance.BackendConformance;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** Some of the kit with the variant for integer dot products, on a device that is made to seem to have them. */
class IntegerDotConformanceTest extends BackendConformance {

    /** What the extension has, in plain words. */
    private static final String FUNCTION = """
        static int dot_4x8packed_ss_int(uint a, uint b) {
            const int4 products = convert_int4(as_char4(a)) * convert_int4(as_char4(b));
            return products.x + products.y + products.z + products.w;
        }
        """;

    /** A device with integer dot products, which its compiler learns from the text. */
    static OpenCl withIntegerDot(OpenCl real) {
        return Found.watched((proxy, method, arguments) -> {
            Object answer = arguments != null && method.getName().equals("createProgramWithSource")
                    ? real.createProgramWithSource((long) arguments[0], FUNCTION + arguments[1])
                    : Found.ask(real, method, arguments);
            if (arguments != null && method.getName().equals("getDeviceInfo")) {
                return switch ((int) arguments[1]) {
                    case Cl.DEVICE_EXTENSIONS ->
                        (new String((byte[]) answer, StandardCharsets.UTF_8).strip() + " cl_khr_integer_dot_product")
                                .getBytes(StandardCharsets.UTF_8);
                    case Cl.DEVICE_INTEGER_DOT_PRODUCT_PACKED ->
                        ByteBuffer.allocate(6 * Integer.BYTES)
                                .order(ByteOrder.nativeOrder())
                                .putInt(1)
                                .array();
                    default -> answer;
                };
            }
            return answer;
        });
    }

    /** Devices as if they were GPUs. */
    record Seeming(OpenCl cl) implements Backend {
        @Override
        public String id() {
            return OpenClBackend.ID;
        }

        private List<ClDevice> devices() {
            return Found.devices(cl).stream().map(ClDevice::asGpu).toList();
        }

        @Override
        public Probe probe() {
            return new Probe.Found(devices().stream().map(ClDevice::info).toList());
        }

        @Override
        public Device open(DeviceInfo info, OpenOptions options) {
            options.allow(id(), Set.of());
            ClDevice found = devices().stream()
                    .filter(device -> device.info().id().equals(info.id()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("there is no such device: " + info.id()));
            return OpenClBackend.open(cl, found, ProgramCache.NONE);
        }
    }

    @Override
    protected Backend backend() {
        return new Seeming(withIntegerDot(Found.require(Bindings.JOCL)));
    }

    @Override
    protected boolean imitated() {
        return true;
    }
}
