package dev.javelin.kernels.gpu;

import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;

/**
 * Constants of kernels on the device, each kept once and until the device is closed; a few kilobytes, which are not counted. Called
 * with the device's lock held.
 */
final class Tables {
    private final GpuDriver driver;
    private final Transfers transfers;
    private final Map<String, Long> memory = new HashMap<>();

    Tables(GpuDriver driver, Transfers transfers) {
        this.driver = driver;
        this.transfers = transfers;
    }

    long of(Arg.Table table) {
        Long known = memory.get(table.name());
        if (known != null) {
            return known;
        }
        byte[] bytes = table.bytes().get();
        long taken = driver.allocate(bytes.length);
        try {
            transfers.write(taken, 0, MemorySegment.ofArray(bytes));
        } catch (Throwable failed) {
            driver.free(taken);
            throw failed;
        }
        memory.put(table.name(), taken);
        return taken;
    }

    void free() {
        memory.values().forEach(driver::free);
        memory.clear();
    }
}
