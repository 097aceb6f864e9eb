package dev.javelin.opencl;

import dev.javelin.kernels.gpu.KernelId;
import dev.javelin.opencl.ClErrors.Call;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/**
 * The programs of one device, each built once, from the cache where it has them. A program is a file with macros; its kernels are
 * opened as often as they are needed, each with arguments of its own. Usable from any thread.
 */
final class Programs implements AutoCloseable {
    private static final String STANDARD = "-cl-std=CL1.2 ";

    /** Of variants with what later standards have; see {@link Discovery}. */
    private static final String LATER = "-cl-std=CL3.0 ";

    private static final Set<String> VARIANTS = Set.of("INTEGER_DOT");

    private record Key(String file, String options) {}

    /** Built from its text, or taken from the cache. */
    private record Program(long handle, boolean fromText) {}

    private final OpenCl cl;
    private final ClDevice device;
    private final ClErrors errors;
    private final long context;
    private final ProgramCache cache;
    private final Map<Key, Program> built = new ConcurrentHashMap<>();
    private final Queue<Program> replaced = new ConcurrentLinkedQueue<>();
    private final Map<Long, KernelId> open = new ConcurrentHashMap<>();

    Programs(OpenCl cl, ClDevice device, ClErrors errors, long context, ProgramCache cache) {
        this.cl = cl;
        this.device = device;
        this.errors = errors;
        this.context = context;
        this.cache = cache;
    }

    long openKernel(KernelId id, Supplier<String> text) {
        Key key = new Key(id.file(), standard(id) + id.options());
        Program program = built.computeIfAbsent(key, missing -> build(id, missing.options(), text.get()));
        long kernel = cl.createKernel(program.handle(), id.entry());
        if (kernel < 0 && !program.fromText()) { // the cache's program is not what its name says
            built.computeIfPresent(key, (same, spoilt) -> rebuilt(id, same.options(), text.get(), spoilt));
            return openKernel(id, text);
        }
        open.put(errors.made(kernel, Call.OTHER, "clCreateKernel of " + id, 0), id);
        return kernel;
    }

    private static String standard(KernelId id) {
        return id.defines().keySet().stream().anyMatch(VARIANTS::contains) ? LATER : STANDARD;
    }

    private Program rebuilt(KernelId id, String options, String text, Program spoilt) {
        if (spoilt.fromText()) {
            return spoilt; // somebody else did it meanwhile
        }
        Program program = compile(id, options, text);
        replaced.add(spoilt); // somebody may be opening a kernel of it
        return program;
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

    private Program build(KernelId id, String options, String text) {
        byte[] binary = cache.load(ProgramCache.key(device.driver(), options, text));
        if (binary.length > 0) {
            long program = cl.createProgramWithBinary(context, device.device(), binary);
            if (program > 0) {
                if (cl.buildProgram(program, device.device(), options) == Cl.SUCCESS) {
                    return new Program(program, false);
                }
                cl.releaseProgram(program); // of another driver, or spoilt: built anew below
            }
        }
        return compile(id, options, text);
    }

    /** From the text, and into the cache. */
    private Program compile(KernelId id, String options, String text) {
        long program =
                errors.made(cl.createProgramWithSource(context, text), Call.OTHER, "clCreateProgramWithSource", 0);
        int code = cl.buildProgram(program, device.device(), options);
        if (code != Cl.SUCCESS) {
            String log = cl.getBuildLog(program, device.device());
            cl.releaseProgram(program);
            throw errors.failure("%s in clBuildProgram of kernel %s, file %s, options %s:%n%s"
                    .formatted(Cl.name(code), id.entry(), id.file(), options, log));
        }
        if (cache.keeps()) { // asking for a binary may take long
            cache.store(ProgramCache.key(device.driver(), options, text), cl.getBinary(program));
        }
        return new Program(program, true);
    }

    @Override
    public void close() {
        built.values().forEach(program -> cl.releaseProgram(program.handle()));
        replaced.forEach(program -> cl.releaseProgram(program.handle()));
        replaced.clear();
        built.clear();
    }
}
