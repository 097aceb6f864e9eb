package dev.javelin.cuda.driver;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * How much memory of a device is free, from the driver's library for supervision: it can tell without a context, which takes a
 * tenth of a second and some hundred megabytes of the device. Whoever opens it closes it; for one thread.
 */
public final class Nvml implements AutoCloseable {
    private static final int SUCCESS = 0;
    private static final long CANNOT_TELL = -1;
    private static final FunctionDescriptor NO_ARGUMENTS = FunctionDescriptor.of(JAVA_INT);
    private static final FunctionDescriptor TWO_ADDRESSES = FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS);

    /** Of what both libraries say of the whole memory; they differ by what the driver keeps, unless they mean different things. */
    private static final long MOST_DIFFERENCE = 16;

    private final MethodHandle shutdown;
    private final MethodHandle deviceByBus;
    private final MethodHandle memory;

    private Nvml(MethodHandle shutdown, MethodHandle deviceByBus, MethodHandle memory) {
        this.shutdown = shutdown;
        this.deviceByBus = deviceByBus;
        this.memory = memory;
    }

    /** Loads the library for good, and starts it; null where that does not work. */
    @SuppressWarnings("restricted") // this is what the module needs native access for
    public static @Nullable Nvml open(String library) {
        try {
            SymbolLookup lookup = SymbolLookup.libraryLookup(library, Arena.global());
            Linker linker = Linker.nativeLinker();
            MethodHandle init = linker.downcallHandle(lookup.findOrThrow("nvmlInit_v2"), NO_ARGUMENTS);
            Nvml opened = new Nvml(
                    linker.downcallHandle(lookup.findOrThrow("nvmlShutdown"), NO_ARGUMENTS),
                    linker.downcallHandle(lookup.findOrThrow("nvmlDeviceGetHandleByPciBusId_v2"), TWO_ADDRESSES),
                    linker.downcallHandle(lookup.findOrThrow("nvmlDeviceGetMemoryInfo"), TWO_ADDRESSES));
            return call(init) == SUCCESS ? opened : null;
        } catch (RuntimeException notThere) {
            return null;
        }
    }

    /**
     * Bytes that are free, or a negative number where that cannot be told.
     *
     * @param bus where the device is
     * @param total bytes of its memory: a part of a device, which has the bus of the whole, is not mistaken for it
     */
    public long free(String bus, long total) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment device = arena.allocate(ADDRESS);
            if (call(deviceByBus, arena.allocateFrom(bus), device) != SUCCESS) {
                return CANNOT_TELL;
            }
            MemorySegment totalFreeUsed = arena.allocate(JAVA_LONG, 3);
            if (call(memory, device.get(ADDRESS, 0), totalFreeUsed) != SUCCESS) {
                return CANNOT_TELL;
            }
            long difference = Math.abs(totalFreeUsed.getAtIndex(JAVA_LONG, 0) - total);
            return difference > total / MOST_DIFFERENCE ? CANNOT_TELL : totalFreeUsed.getAtIndex(JAVA_LONG, 1);
        }
    }

    private static int call(MethodHandle function, Object... arguments) {
        try {
            return (int) function.invokeWithArguments(arguments);
        } catch (RuntimeException | Error failed) {
            throw failed;
        } catch (Throwable never) {
            throw new IllegalStateException(never);
        }
    }

    @Override
    public void close() {
        call(shutdown);
    }
}
