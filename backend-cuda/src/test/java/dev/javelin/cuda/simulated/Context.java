package dev.javelin.cuda.simulated;

import dev.javelin.cuda.driver.Cu;
import dev.javelin.cuda.ptx.Fault;
import dev.javelin.cuda.ptx.PtxDevice;
import org.jspecify.annotations.Nullable;

/** A device's context: what it executes, and the error that ended it. */
final class Context {
    private final PtxDevice device;
    private final GpuModel model;
    private volatile @Nullable Fault fault;

    Context(PtxDevice device, GpuModel model) {
        this.device = device;
        this.model = model;
    }

    PtxDevice device() {
        return device;
    }

    GpuModel model() {
        return model;
    }

    /** Does something, unless the context has failed before; a fault fails it for good. */
    synchronized int execute(Runnable work) {
        if (fault == null) {
            try {
                work.run();
            } catch (Fault sin) {
                fault = sin;
            }
        }
        return error();
    }

    /** 0, or what the driver calls the fault. */
    int error() {
        Fault sin = fault;
        return sin == null ? Cu.SUCCESS : code(sin.kind());
    }

    @Nullable
    Fault fault() {
        return fault;
    }

    private static int code(Fault.Kind kind) {
        return switch (kind) {
            case MISALIGNED -> Cu.MISALIGNED_ADDRESS;
            case TRAP -> Cu.ILLEGAL_INSTRUCTION;
            case LAUNCH -> Cu.INVALID_VALUE;
            case BUDGET, DEADLOCK -> Cu.LAUNCH_TIMEOUT;
            default -> Cu.ILLEGAL_ADDRESS;
        };
    }
}
