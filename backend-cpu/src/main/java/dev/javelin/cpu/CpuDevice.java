package dev.javelin.cpu;

import dev.javelin.api.Device;
import dev.javelin.api.DeviceInfo;
import dev.javelin.api.OpenOptions;
import dev.javelin.api.Probe;
import dev.javelin.kernels.host.HostDevice;
import dev.javelin.kernels.host.HostMemory;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The one device of {@link CpuBackend}: what it is, and how it is opened. Needs the vector module. */
final class CpuDevice {
    private static final String DEVICE = CpuBackend.ID + ":0";
    private static final String THREADS = "threads";
    private static final String WIDTH = "width";

    /** Forces a width where the options do not say, for tests. */
    private static final String WIDTH_PROPERTY = "javelin.cpu.width";

    /** Opens the device also where vectors are emulated. */
    static final String SLOW_PROPERTY = "javelin.cpu.slow";

    private static final int MOST_THREADS = 1024;

    private CpuDevice() {}

    static Probe probe() {
        CpuFacts facts = new CpuFacts(Path.of("/"));
        if (Lanes.preferredBits() < VectorWidth.BITS_128.bits()) {
            return new Probe.Unavailable(
                    "this JVM does not compile vector code: it prefers vectors of %d bits"
                            .formatted(Lanes.preferredBits()),
                    "use a JDK with the C2 compiler, without limits on its vectors such as -XX:MaxVectorSize");
        }
        Probe.Unavailable slow = JvmOptions.ofThisJvm().slowness(facts.flags());
        if (slow != null && !Boolean.getBoolean(SLOW_PROPERTY)) {
            return slow;
        }
        HostMemory memory = HostMemory.now();
        return new Probe.Found(List.of(new DeviceInfo(
                DEVICE,
                facts.name(),
                DeviceInfo.Kind.CPU,
                memory.total(),
                memory.free(),
                features(facts.flags()),
                true)));
    }

    static Device open(DeviceInfo info, OpenOptions options) {
        if (!info.id().equals(DEVICE)) {
            throw new IllegalArgumentException(
                    "the device must be one that this backend found: device=%s, backend=%s, known=%s"
                            .formatted(info.id(), CpuBackend.ID, DEVICE));
        }
        options.allow(CpuBackend.ID, Set.of(THREADS, WIDTH));
        int threads = options.positive(THREADS, Processors.ofThisProcess().count());
        if (threads > MOST_THREADS) {
            throw new IllegalArgumentException("so many threads only get in each other's way: threads=%d, most=%d"
                    .formatted(threads, MOST_THREADS));
        }
        return open(info, width(options), threads);
    }

    /** Opens a device of any width, also one that the processor lacks: right, but unusably slow. For tests. */
    static Device open(DeviceInfo info, VectorWidth width, int threads) {
        return new HostDevice<>(new CpuEngine(info, width, threads));
    }

    /** Whether vectors of this width are compiled to instructions of this processor. */
    static boolean has(VectorWidth width) {
        return width.bits() <= Lanes.preferredBits();
    }

    private static VectorWidth width(OpenOptions options) {
        int widest = Math.min(Lanes.preferredBits(), VectorWidth.BITS_512.bits());
        String forced = System.getProperty(WIDTH_PROPERTY);
        int otherwise =
                forced == null ? widest : OpenOptions.of(WIDTH_PROPERTY, forced).positive(WIDTH_PROPERTY, widest);
        VectorWidth width = VectorWidth.ofBits(options.positive(WIDTH, otherwise));
        if (!has(width)) {
            throw new IllegalArgumentException(
                    "this processor has no vectors of that width: width=%d, widest=%d; leave the option out"
                            .formatted(width.bits(), widest));
        }
        return width;
    }

    private static Set<String> features(Set<String> flags) {
        Set<String> features = new TreeSet<>();
        features.add("vector" + Lanes.preferredBits());
        for (String flag : flags) {
            switch (flag) {
                case "avx2", "sve", "sve2", "avx512_bf16", "avx512_vnni", "amx_tile", "amx_bf16", "amx_int8" ->
                    features.add(flag);
                case "avx512f" -> features.add("avx512");
                case "asimd" -> features.add("neon");
                default -> {} // of no use to kernels
            }
        }
        return features;
    }
}
