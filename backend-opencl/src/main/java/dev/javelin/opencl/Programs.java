package dev.javelin.opencl;

import dev.javelin.kernels.gpu.KernelId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The programs of one device, each built once, from the cache where it has them. A program is a file with macros; its kernels are
 * opened as often as they are needed, each with arguments of its own. Usable from any thread.
 */
final class Programs implements AutoCloseable {
    private static final String OPTIONS = "-cl-std=CL1.2 ";

    private record Key(String file, String options) {}

    private final OpenCl cl;
    private final ClDevice device;
    private final ClErrors errors;
    private final long context;
    private final ProgramCache cache;
    private final Map<Key, Long> built = new ConcurrentHashMap<>();
    private final Map<Long, KernelId> open = new ConcurrentHashMap<>();

    Programs(OpenCl cl, ClDevice device, ClErrors errors, long context, ProgramCache cache) {
        this.cl = cl;
        this.device = device;
        this.errors = errors;
        this.context = context;
        this.cache = cache;
    }

    long openKernel(KernelId id, Supplier<String> text) {
        Key key = new Key(id.file(), OPTIONS + id.options());
        long program = built.computeIfAbsent(key, missing -> build(id, missing.options(), text.get()));
        long kernel = errors.made(cl.createKernel(program, id.entry()), "clCreateKernel of " + id, 0);
        open.put(kernel, id);
        return kernel;
    }

    /** For errors. */
    String name(long kernel) {
        KernelId id = open.get(kernel);
        return id == null ? "a kernel" : id.entry();
    }

    void freeKernel(long kernel) {
        open.remove(kernel);
        cl.releaseKernel(kernel);
    }

    private long build(KernelId id, String options, String text) {
        String key = ProgramCache.key(device.driver(), options, text);
        byte[] binary = cache.load(key);
        if (binary.length > 0) {
            long program = cl.createProgramWithBinary(context, device.device(), binary);
            if (program > 0) {
                if (cl.buildProgram(program, device.device(), options) == Cl.SUCCESS) {
                    return program;
                }
                cl.releaseProgram(program); // of another driver, or spoilt: built anew below
            }
        }
        long program = errors.made(cl.createProgramWithSource(context, text), "clCreateProgramWithSource", 0);
        int code = cl.buildProgram(program, device.device(), options);
        if (code != Cl.SUCCESS) {
            String log = cl.getBuildLog(program, device.device());
            cl.releaseProgram(program);
            throw errors.failure("%s in clBuildProgram of kernel %s, file %s, options %s:%n%s"
                    .formatted(Cl.name(code), id.entry(), id.file(), options, log));
        }
        if (cache.keeps()) { // asking for a binary may take long
            cache.store(key, cl.getBinary(program));
        }
        return program;
    }

    @Override
    public void close() {
        built.values().forEach(cl::releaseProgram);
        built.clear();
    }
}
