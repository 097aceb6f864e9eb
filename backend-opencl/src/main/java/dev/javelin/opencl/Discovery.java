package dev.javelin.opencl;

import dev.javelin.api.DeviceInfo;
import dev.javelin.kernels.gpu.DeviceTraits;
import dev.javelin.kernels.host.HostMemory;
import dev.javelin.kernels.opencl.OpenClKernels;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Asks all drivers for their devices. Those that cannot run our kernels are left out, with a reason. */
final class Discovery {
    private final OpenCl cl;
    private final List<ClDevice> devices = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    /** Asks at once. */
    Discovery(OpenCl cl) {
        this.cl = cl;
        long[] platforms = cl.getPlatformIds();
        if (failed(platforms)) {
            if (platforms[0] != Cl.PLATFORM_NOT_FOUND) {
                problems.add("the loader failed: %s in clGetPlatformIDs".formatted(Cl.name(platforms[0])));
            }
            return;
        }
        for (long platform : platforms) {
            look(platform);
        }
    }

    /** In the order of the drivers; the place is the number in a device's id. */
    List<ClDevice> devices() {
        return devices;
    }

    /** Why drivers or devices were left out. */
    List<String> problems() {
        return problems;
    }

    private static boolean failed(long[] handles) {
        return handles.length == 1 && handles[0] < 0;
    }

    private void look(long platform) {
        String name = text(cl.getPlatformInfo(platform, Cl.PLATFORM_NAME));
        long[] all = cl.getDeviceIds(platform);
        if (all.length == 0 || (failed(all) && all[0] == Cl.DEVICE_NOT_FOUND)) {
            problems.add("the driver %s has no devices".formatted(name));
        } else if (failed(all)) {
            problems.add("the driver %s failed: %s in clGetDeviceIDs".formatted(name, Cl.name(all[0])));
        } else {
            for (long device : all) {
                look(platform, name, device);
            }
        }
    }

    private void look(long platform, String driver, long device) {
        String name = text(cl.getDeviceInfo(device, Cl.DEVICE_NAME)).replaceAll("\\s+", " ");
        String version = text(cl.getDeviceInfo(device, Cl.DEVICE_VERSION));
        String problem = problem(device, version);
        if (problem.isEmpty()) {
            devices.add(describe(platform, driver, device, name.isEmpty() ? driver : name, version));
        } else {
            problems.add("the device %s of the driver %s %s".formatted(name, driver, problem));
        }
    }

    private String problem(long device, String version) {
        if (version.startsWith("OpenCL 1.0") || version.startsWith("OpenCL 1.1")) {
            return "has an OpenCL that is too old: " + version;
        }
        if (number(device, Cl.DEVICE_AVAILABLE) == 0) {
            return "is not available";
        }
        if (number(device, Cl.DEVICE_COMPILER_AVAILABLE) == 0) {
            return "has no compiler";
        }
        if (number(device, Cl.DEVICE_ENDIAN_LITTLE) == 0) {
            return "is big-endian";
        }
        if (text(cl.getDeviceInfo(device, Cl.DEVICE_PROFILE)).startsWith("EMBEDDED")) {
            return "has only the embedded profile, which may lack integers of 64 bits and round otherwise";
        }
        if (groupSize(device) < OpenClKernels.SMALLEST_GROUP) {
            return "has groups of at most %d work-items where %d are needed"
                    .formatted(groupSize(device), OpenClKernels.SMALLEST_GROUP);
        }
        return "";
    }

    private ClDevice describe(long platform, String driver, long device, String name, String version) {
        DeviceTraits traits = traits(device);
        long total = number(device, Cl.DEVICE_GLOBAL_MEM_SIZE);
        Set<String> features = new TreeSet<>(traits.features());
        features.add("binding=" + cl.binding());
        DeviceInfo info = new DeviceInfo(
                OpenClBackend.ID + ":" + devices.size(),
                name,
                traits.cpu() ? DeviceInfo.Kind.CPU : DeviceInfo.Kind.GPU,
                total,
                free(device, traits, total),
                features,
                traits.sharesHostMemory());
        String versions = String.join(
                "\n",
                driver,
                text(cl.getPlatformInfo(platform, Cl.PLATFORM_VERSION)),
                name,
                version,
                text(cl.getDeviceInfo(device, Cl.DRIVER_VERSION)));
        return new ClDevice(
                platform,
                device,
                info,
                traits,
                versions,
                number(device, Cl.DEVICE_MAX_MEM_ALLOC_SIZE),
                Math.max(64, number(device, Cl.DEVICE_MEM_BASE_ADDR_ALIGN) / Byte.SIZE));
    }

    private DeviceTraits traits(long device) {
        List<String> extensions = Arrays.asList(
                text(cl.getDeviceInfo(device, Cl.DEVICE_EXTENSIONS)).split("\\s+", -1));
        boolean cpu = (number(device, Cl.DEVICE_TYPE) & Cl.DEVICE_TYPE_CPU) != 0;
        return new DeviceTraits(
                cpu,
                extensions.contains("cl_khr_fp16"),
                extensions.contains("cl_khr_subgroup_shuffle") ? subgroupSize(device) : 0,
                extensions.contains("cl_khr_integer_dot_product") && isInteger(device),
                number(device, Cl.DEVICE_LOCAL_MEM_SIZE),
                groupSize(device),
                Math.clamp(number(device, Cl.DEVICE_MAX_COMPUTE_UNITS), 1, Integer.MAX_VALUE),
                Math.clamp(number(device, Cl.DEVICE_PREFERRED_VECTOR_WIDTH_FLOAT), 1, 16),
                cpu || number(device, Cl.DEVICE_HOST_UNIFIED_MEMORY) != 0);
    }

    /** Whether products of packed bytes with a sign take one instruction, and kernels of OpenCL 3.0 can have them. */
    private boolean isInteger(long device) {
        byte[] accelerated = cl.getDeviceInfo(device, Cl.DEVICE_INTEGER_DOT_PRODUCT_PACKED);
        return accelerated.length >= Integer.BYTES
                && number(Arrays.copyOf(accelerated, Integer.BYTES)) != 0
                && text(cl.getDeviceInfo(device, Cl.DEVICE_VERSION)).startsWith("OpenCL 3");
    }

    /** Most work-items of a group, whichever way they are laid out; see {@link OpenClKernels#largestGroup}. */
    private int groupSize(long device) {
        long[] sizes = {Integer.MAX_VALUE, Integer.MAX_VALUE};
        byte[] answer = cl.getDeviceInfo(device, Cl.DEVICE_MAX_WORK_ITEM_SIZES);
        for (int axis = 0; axis < sizes.length && (axis + 1) * Long.BYTES <= answer.length; axis++) {
            sizes[axis] = number(Arrays.copyOfRange(answer, axis * Long.BYTES, (axis + 1) * Long.BYTES));
        }
        long most = number(device, Cl.DEVICE_MAX_WORK_GROUP_SIZE);
        return OpenClKernels.largestGroup(most, sizes[0], sizes[1]);
    }

    /** As the makers' own questions tell; 0 where it is not one size. */
    private int subgroupSize(long device) {
        for (int question : new int[] {Cl.DEVICE_WARP_SIZE_NV, Cl.DEVICE_WAVEFRONT_WIDTH_AMD}) {
            long size = number(device, question);
            if (size > 0 && size <= 128) {
                return (int) size;
            }
        }
        byte[] sizes = cl.getDeviceInfo(device, Cl.DEVICE_SUB_GROUP_SIZES_INTEL);
        return sizes.length == Long.BYTES ? (int) number(sizes) : 0;
    }

    private long free(long device, DeviceTraits traits, long total) {
        byte[] kilobytes = cl.getDeviceInfo(device, Cl.DEVICE_GLOBAL_FREE_MEMORY_AMD);
        if (kilobytes.length >= Long.BYTES) {
            return Math.min(total, 1024 * number(Arrays.copyOf(kilobytes, Long.BYTES)));
        }
        return traits.sharesHostMemory() ? Math.min(total, HostMemory.now().free()) : total;
    }

    private long number(long device, int question) {
        return number(cl.getDeviceInfo(device, question));
    }

    /** Of 4 or 8 bytes; 0 if there is no answer. */
    private static long number(byte[] answer) {
        ByteBuffer bytes = ByteBuffer.wrap(answer).order(ByteOrder.nativeOrder());
        return switch (answer.length) {
            case Integer.BYTES -> Integer.toUnsignedLong(bytes.getInt());
            case Long.BYTES -> bytes.getLong();
            default -> 0;
        };
    }

    private static String text(byte[] answer) {
        return new String(answer, StandardCharsets.UTF_8).replace('\0', ' ').strip();
    }
}
