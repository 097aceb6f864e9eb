package dev.javelin.opencl;

import dev.javelin.api.DeviceFailedException;
import dev.javelin.api.DeviceMemoryException;

/**
 * Turns the errors of OpenCL on one device into exceptions. Memory is the word only where some was asked for: a driver that tells
 * of it while it waits for work has failed that work.
 */
final class ClErrors {

    /** What a call has to do with memory. */
    enum Call {
        /** It asks for none. */
        OTHER,
        /** It enqueues something, for which the driver may want memory. */
        ENQUEUE,
        /** It takes memory, or is the first to touch some: many drivers only then really take it. */
        TAKE
    }

    private final String device;

    ClErrors(String device) {
        this.device = device;
    }

    /** Fails unless all is well. */
    void check(int code, Call kind, String call, long bytes) {
        if (code != Cl.SUCCESS) {
            throw failed(code, kind, call, bytes);
        }
    }

    /** A handle, unless it is an error. */
    long made(long handle, Call kind, String call, long bytes) {
        if (handle < 0) {
            throw failed(handle, kind, call, bytes);
        }
        return handle;
    }

    private RuntimeException failed(long code, Call kind, String call, long bytes) {
        boolean noMemory = code == Cl.MEM_OBJECT_ALLOCATION_FAILURE || code == Cl.INVALID_BUFFER_SIZE;
        boolean perhaps = code == Cl.OUT_OF_RESOURCES || code == Cl.OUT_OF_HOST_MEMORY;
        boolean memory = switch (kind) {
            case OTHER -> false;
            case ENQUEUE -> noMemory;
            case TAKE -> noMemory || perhaps;
        };
        return memory
                ? new DeviceMemoryException(device, call, bytes, 0)
                : failure("%s in %s, size=%d".formatted(Cl.name(code), call, bytes));
    }

    /** The device or its driver failed. */
    DeviceFailedException failure(String what) {
        return new DeviceFailedException(
                "the OpenCL driver failed: %s, device=%s; close the device".formatted(what, device), null);
    }
}
