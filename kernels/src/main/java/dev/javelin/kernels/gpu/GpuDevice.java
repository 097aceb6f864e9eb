package dev.javelin.kernels.gpu;

import dev.javelin.api.Bindings;
import dev.javelin.api.Buffer;
import dev.javelin.api.DeviceInfo;
import dev.javelin.api.Format;
import dev.javelin.api.Fusion;
import dev.javelin.api.LoadListener;
import dev.javelin.api.Op;
import dev.javelin.api.Plan;
import dev.javelin.api.PlanSpec;
import dev.javelin.api.Precision;
import dev.javelin.api.Program;
import dev.javelin.api.StateSpec;
import dev.javelin.api.StateStore;
import dev.javelin.api.Value;
import dev.javelin.api.WeightSource;
import dev.javelin.kernels.device.AbstractDevice;
import dev.javelin.kernels.device.PlacedWeights;
import dev.javelin.kernels.device.WeightUse;
import dev.javelin.kernels.device.WeightUses;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A device with memory of its own, complete but for its kernels and its driver. Runs are enqueued on the caller's thread and end
 * later; what is enqueued on one device is carried out in order. The opener closes it; that closes the driver too.
 */
public final class GpuDevice extends AbstractDevice {
    private final GpuDriver driver;
    private final GpuKernels kernels;
    private final Transfers transfers;
    private final Tables tables;

    /** Takes the driver over: it is closed with the device. */
    public GpuDevice(DeviceInfo info, GpuDriver driver, GpuKernels kernels) {
        super(info);
        this.driver = driver;
        this.kernels = kernels;
        this.transfers = new Transfers(driver);
        this.tables = new Tables(driver, transfers);
    }

    @Override
    public boolean supports(Op op) {
        return kernels.supports(op);
    }

    @Override
    public Format activation(Op op, Precision precision) {
        return kernels.activation(op, precision);
    }

    @Override
    public StateStore openStates(StateSpec spec) {
        return locked(() -> new GpuStates(openings(), driver, transfers, spec));
    }

    @Override
    protected List<Fusion> fusions() {
        return kernels.fusions();
    }

    @Override
    protected long placedBytes(Value weight, Set<WeightUse> uses) {
        return Tiling.of(kernels.form(weight, uses), weight).bytes();
    }

    @Override
    protected PlacedWeights place(WeightUses uses, WeightSource source, LoadListener listener, long bytes) {
        return new GpuWeights(openings(), driver, kernels, uses, source, listener, bytes);
    }

    @Override
    protected Buffer takeBuffer(long bytes) {
        return locked(() -> new GpuBuffer(openings(), driver, transfers, bytes));
    }

    @Override
    protected Plan prepare(PlanSpec spec, Program lowered, Bindings bindings) {
        long bytes = planBytes(spec, lowered);
        return locked(() -> new GpuPlan(openings(), driver, kernels, tables, spec, lowered, bindings, bytes));
    }

    @Override
    protected long planBytes(PlanSpec spec, Program lowered) {
        return PlanMemory.bytes(kernels, spec, lowered, driver.alignment());
    }

    @Override
    protected void end() {
        tables.free();
        transfers.close();
        driver.close();
    }

    private <T> T locked(Supplier<T> work) {
        openings().lock();
        try {
            return work.get();
        } finally {
            openings().unlock();
        }
    }
}
