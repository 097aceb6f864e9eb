package dev.javelin.cuda;

import dev.javelin.api.DeviceFailedException;
import dev.javelin.api.DeviceMemoryException;
import dev.javelin.cuda.driver.Cu;
import dev.javelin.cuda.driver.Cuda;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns the driver's errors on one device into exceptions. A kernel that went wrong spoils the context: from then on every call
 * answers with the same error, so what is told is the first one, and nothing more is asked of the driver.
 */
final class CudaErrors {
    private static final Set<Integer> STICKY = Set.of(
            Cu.ECC_UNCORRECTABLE,
            Cu.NVLINK_UNCORRECTABLE,
            Cu.ILLEGAL_ADDRESS,
            Cu.LAUNCH_TIMEOUT,
            Cu.CONTEXT_IS_DESTROYED,
            Cu.ASSERT,
            Cu.HARDWARE_STACK_ERROR,
            Cu.ILLEGAL_INSTRUCTION,
            Cu.MISALIGNED_ADDRESS,
            Cu.INVALID_ADDRESS_SPACE,
            Cu.INVALID_PC,
            Cu.LAUNCH_FAILED,
            Cu.CONTAINED,
            Cu.UNKNOWN);

    private final Cuda cuda;
    private final String device;
    private volatile @Nullable String lost;

    CudaErrors(Cuda cuda, String device) {
        this.cuda = cuda;
        this.device = device;
    }

    /** The id of the device. */
    String device() {
        return device;
    }

    /** Fails once the device is lost. */
    void requireAlive() {
        String first = lost;
        if (first != null) {
            throw failure(first);
        }
    }

    /** Whether the context is spoilt. */
    boolean isLost() {
        return lost != null;
    }

    /** Fails unless all is well. */
    void check(int code, String call, long size) {
        if (code != Cu.SUCCESS) {
            throw failed(code, call, size);
        }
    }

    /** Memory, a handle or an answer, unless it is an error. */
    long made(long answer, String call, long size) {
        if (answer < 0) {
            throw failed((int) -answer, call, size);
        }
        return answer;
    }

    /** Memory that was asked for and is not to be had is told as such. */
    long allocated(long memory, String call, long bytes) {
        if (memory == -Cu.OUT_OF_MEMORY) {
            long[] freeAndTotal = new long[2];
            cuda.memGetInfo(freeAndTotal);
            throw new DeviceMemoryException(device, call, bytes, freeAndTotal[0]);
        }
        return made(memory, call, bytes);
    }

    /** What to throw. */
    DeviceFailedException failed(int code, String call, long size) {
        String what = "%s in %s, size=%d".formatted(Failures.text(cuda, code), call, size);
        if (STICKY.contains(code)) {
            synchronized (this) {
                if (lost == null) {
                    lost = what;
                }
            }
        }
        return failure(what);
    }

    private DeviceFailedException failure(String what) {
        return new DeviceFailedException(
                "the CUDA driver failed: %s, device=%s; close the device".formatted(what, device), null);
    }
}
