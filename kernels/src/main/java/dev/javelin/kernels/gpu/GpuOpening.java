package dev.javelin.kernels.gpu;

import dev.javelin.api.DeviceMemoryException;
import dev.javelin.api.JavelinException;
import dev.javelin.kernels.device.Opening;
import dev.javelin.kernels.device.Openings;
import java.util.ArrayList;
import java.util.List;

/** Something open on the device, and the memory there that it owns. */
abstract class GpuOpening extends Opening {
    private final GpuDriver driver;
    private final List<Long> memory = new ArrayList<>();

    GpuOpening(Openings owner, GpuDriver driver, Kind kind, String name, long bytes) {
        super(owner, kind, name, bytes);
        this.driver = driver;
    }

    final GpuDriver driver() {
        return driver;
    }

    /** Memory that holds anything. With the device's lock held. */
    final long allocate(long size) {
        requireOpen();
        if (size > driver.largestAllocation()) {
            throw new DeviceMemoryException(
                    owner().device(), name() + " in one piece", size, driver.largestAllocation());
        }
        return owned(driver.allocate(Math.max(size, 1)));
    }

    /** Memory that holds zeros. With the device's lock held. */
    final long allocateZeros(long size) {
        long taken = allocate(size);
        driver.zero(taken, 0, Math.max(size, 1));
        return taken;
    }

    /** A part of memory. With the device's lock held. */
    final long view(long whole, long offset, long size) {
        return owned(driver.view(whole, offset, Math.max(size, 1)));
    }

    private long owned(long taken) {
        memory.add(taken);
        return taken;
    }

    /** Waits for the end of all that is under way. */
    static void settle(GpuDriver driver) {
        try {
            driver.finish();
        } catch (JavelinException lost) {
            // on a device that is lost nothing is under way
        }
    }

    /** What else is given back, first of all and after all runs; see {@link #free}. */
    void freeOthers() {}

    @Override
    protected final void free() {
        settle(driver);
        freeOthers();
        for (long taken : memory.reversed()) { // views before what they are of
            driver.free(taken);
        }
        memory.clear();
    }
}
