package dev.javelin.opencl;

import dev.javelin.api.DeviceFailedException;
import dev.javelin.api.DeviceMemoryException;

/** Turns the errors of OpenCL on one device into exceptions. */
final class ClErrors {
    private final String device;

    ClErrors(String device) {
        this.device = device;
    }

    /** Fails unless all is well. */
    void check(int code, String call, long bytes) {
        if (code != Cl.SUCCESS) {
            throw failed(code, call, bytes);
        }
    }

    /** A handle, unless it is an error. */
    long made(long handle, String call, long bytes) {
        if (handle < 0) {
            throw failed(handle, call, bytes);
        }
        return handle;
    }

    private RuntimeException failed(long code, String call, long bytes) {
        boolean noMemory = code == Cl.MEM_OBJECT_ALLOCATION_FAILURE || code == Cl.INVALID_BUFFER_SIZE;
        boolean perhaps = code == Cl.OUT_OF_RESOURCES || code == Cl.OUT_OF_HOST_MEMORY;
        if (noMemory || (perhaps && call.equals("clCreateBuffer"))) {
            return new DeviceMemoryException(device, call, bytes, 0);
        }
        return failure("%s in %s, size=%d".formatted(Cl.name(code), call, bytes));
    }

    /** The device or its driver failed. */
    DeviceFailedException failure(String what) {
        return new DeviceFailedException(
                "the OpenCL driver failed: %s, device=%s; close the device".formatted(what, device), null);
    }
}
