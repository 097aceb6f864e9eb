package dev.javelin.opencl;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * Copies from and to host memory that do not wait, called without a library between. JOCL's own hand each copy to a thread that
 * waits for its end, and leave garbage behind.
 */
record HostCopies(MethodHandle write, MethodHandle read) {
    private static final int DO_NOT_WAIT = 0;

    /** (queue, buffer, wait, offset, bytes, host, events before, their places, place of the event) */
    private static final FunctionDescriptor COPY = FunctionDescriptor.of(
            JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG);

    /** Those of the system's loader, which is loaded for good. */
    @SuppressWarnings("restricted") // this is what the module needs native access for
    static HostCopies of(String library) {
        if (ADDRESS.byteSize() != Long.BYTES) {
            throw new UnsatisfiedLinkError("a system of 64 bits is needed");
        }
        SymbolLookup lookup = SymbolLookup.libraryLookup(library, Arena.global());
        Linker linker = Linker.nativeLinker();
        return new HostCopies(
                linker.downcallHandle(lookup.findOrThrow("clEnqueueWriteBuffer"), COPY),
                linker.downcallHandle(lookup.findOrThrow("clEnqueueReadBuffer"), COPY));
    }

    int write(long queue, long buffer, long offset, long bytes, long host) {
        return call(write, queue, buffer, offset, bytes, host);
    }

    int read(long queue, long buffer, long offset, long bytes, long host) {
        return call(read, queue, buffer, offset, bytes, host);
    }

    private static int call(MethodHandle copy, long queue, long buffer, long offset, long bytes, long host) {
        try {
            return (int) copy.invokeExact(queue, buffer, DO_NOT_WAIT, offset, bytes, host, 0, 0L, 0L);
        } catch (RuntimeException | Error failed) {
            throw failed;
        } catch (Throwable never) {
            throw new IllegalStateException(never);
        }
    }
}
