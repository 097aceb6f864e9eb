package dev.javelin.cuda;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.javelin.api.DeviceFailedException;
import dev.javelin.cuda.driver.Cu;
import dev.javelin.cuda.driver.Cuda;
import dev.javelin.kernels.gpu.KernelId;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The modules of one device: a file of PTX each, which the driver compiles for the device when it is first needed, or takes from
 * a cache of its own; how long that took is logged. Used with the device's context current.
 */
final class Modules implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("dev.javelin.cuda");
    private static final int LOG_BYTES = 16 << 10;
    private static final int[] OPTIONS = {Cu.JIT_ERROR_LOG_BUFFER, Cu.JIT_ERROR_LOG_BUFFER_SIZE_BYTES};

    private final Cuda cuda;
    private final CudaErrors errors;
    private final Map<String, Long> loaded = new ConcurrentHashMap<>();

    Modules(Cuda cuda, CudaErrors errors) {
        this.cuda = cuda;
        this.errors = errors;
    }

    /** The function of a kernel, which stays loaded as long as this is open. */
    long function(KernelId id, Supplier<String> text) {
        Long known = loaded.get(id.file());
        long module = known != null ? known : load(id.file(), text.get());
        return errors.made(cuda.moduleGetFunction(module, id.entry()), "cuModuleGetFunction of " + id, 0);
    }

    private synchronized long load(String file, String text) {
        Long known = loaded.get(file);
        if (known != null) {
            return known;
        }
        long begin = System.nanoTime();
        long module = compile(file, text);
        loaded.put(file, module);
        LOG.log(
                System.Logger.Level.DEBUG,
                "the driver compiled a file: device={0}, file={1}, milliseconds={2}",
                errors.device(),
                file,
                Long.toString((System.nanoTime() - begin) / 1_000_000));
        return module;
    }

    private long compile(String file, String text) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment image = arena.allocateFrom(text);
            MemorySegment log = arena.allocate(LOG_BYTES);
            MemorySegment values = arena.allocate(JAVA_LONG, OPTIONS.length);
            values.setAtIndex(JAVA_LONG, 0, log.address());
            values.setAtIndex(JAVA_LONG, 1, LOG_BYTES);
            long module = cuda.moduleLoadDataEx(image.address(), OPTIONS, values.address());
            if (module < 0 && module != -Cu.OUT_OF_MEMORY) {
                throw refused((int) -module, file, text, log);
            }
            return errors.allocated(module, "cuModuleLoadDataEx of file " + file, text.length());
        }
    }

    private DeviceFailedException refused(int code, String file, String text, MemorySegment log) {
        log.set(JAVA_BYTE, LOG_BYTES - 1L, (byte) 0);
        return errors.failed(
                code,
                "cuModuleLoadDataEx of file %s:%n%s%n"
                        .formatted(file, log.getString(0).strip()),
                text.length());
    }

    @Override
    public void close() {
        loaded.values().forEach(cuda::moduleUnload);
        loaded.clear();
    }
}
