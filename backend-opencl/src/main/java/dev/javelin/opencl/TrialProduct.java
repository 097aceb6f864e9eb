package dev.javelin.opencl;

import dev.javelin.api.Dim.Symbol;
import dev.javelin.api.Format;
import dev.javelin.api.Limits;
import dev.javelin.api.MatMul;
import dev.javelin.api.Precision;
import dev.javelin.api.Program;
import dev.javelin.api.Shape;
import dev.javelin.api.Value;
import dev.javelin.kernels.device.WeightUse;
import dev.javelin.kernels.gpu.Arg;
import dev.javelin.kernels.gpu.GpuDriver;
import dev.javelin.kernels.gpu.GpuKernels;
import dev.javelin.kernels.gpu.Grid;
import dev.javelin.kernels.gpu.HostBlock;
import dev.javelin.kernels.gpu.Launch;
import dev.javelin.kernels.gpu.PlanFacts;
import dev.javelin.kernels.gpu.WeightForm;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A product with a matrix of zeros, to see how long it takes. Its memory, some tens of megabytes, is not counted: it is given back
 * at once. Used with the device's lock held.
 */
final class TrialProduct implements AutoCloseable {
    /** The most that a trial has. */
    static final int TOKENS = 128;

    private static final long MOST_BYTES = 32 << 20;
    private static final int LAUNCHES = 8;
    private static final Limits LIMITS = new Limits(TOKENS, 1, 1, TOKENS);

    private final GpuDriver driver;
    private final MatMul op;
    private final List<Long> memory = new ArrayList<>();
    private final Map<Arg, Long> places = new HashMap<>();

    /** With a matrix like that one, or the first rows of it. */
    TrialProduct(GpuDriver driver, Value like) {
        this.driver = driver;
        int width = like.width();
        long rowBytes = like.format().bytes(width);
        int rows = Math.clamp(MOST_BYTES / rowBytes, 1, like.shape().size(0));
        Program.Builder builder = Program.builder("trial");
        Value x = builder.input("x", Format.F32, Shape.rows(Symbol.TOKENS, width));
        Value matrix = builder.weight("matrix", like.format(), Shape.of(rows, width));
        this.op = new MatMul(builder.result("out", Shape.rows(Symbol.TOKENS, rows)), x, matrix);
    }

    /** What one product of so many tokens takes. */
    long nanos(GpuKernels kernels, int tokens) {
        PlanFacts facts =
                new PlanFacts(LIMITS, Precision.EXACT, 0, Map.of(op.matrix().name(), Set.of(WeightUse.MULTIPLY)));
        for (Launch launch : kernels.launches(op, facts)) {
            if (launch.span().meets(tokens, tokens)) {
                return nanos(kernels, launch, tokens);
            }
        }
        throw new IllegalStateException("a product has a launch: op=" + op);
    }

    private long nanos(GpuKernels kernels, Launch launch, int tokens) {
        long kernel = driver.openKernel(launch.kernel(), () -> kernels.text(launch.kernel()));
        long from = driver.openEvent();
        long to = driver.openEvent();
        try {
            for (int i = 0; i < launch.args().size(); i++) {
                set(kernels, kernel, i, launch.args().get(i), tokens);
            }
            Limits counted = new Limits(tokens, 1, 1, tokens);
            List<Grid.Axis> axes = launch.grid().axes();
            long[] groups = axes.stream().mapToLong(axis -> axis.most(counted)).toArray();
            long[] local = axes.stream().mapToLong(Grid.Axis::local).toArray();
            driver.launch(
                    kernel, groups.length, groups, local); // some drivers build a kernel when they launch it first
            driver.beginTiming();
            try {
                driver.record(from);
                for (int i = 0; i < LAUNCHES; i++) {
                    driver.launch(kernel, groups.length, groups, local);
                }
                driver.record(to);
            } finally {
                driver.endTiming();
            }
            return driver.nanosBetween(from, to) / LAUNCHES;
        } finally {
            driver.finish();
            driver.freeEvent(from);
            driver.freeEvent(to);
            driver.freeKernel(kernel);
        }
    }

    private void set(GpuKernels kernels, long kernel, int index, Arg arg, int tokens) {
        switch (arg) {
            case Arg.Int(int value) -> driver.setNumber(kernel, index, value);
            case Arg.Real(float value) -> driver.setNumber(kernel, index, Float.floatToRawIntBits(value));
            case Arg.Counts counts -> {
                long place = places.computeIfAbsent(counts, missing -> zeros(5L * Integer.BYTES));
                bring(place, tokens);
                driver.setMemory(kernel, index, place);
            }
            default -> driver.setMemory(kernel, index, places.computeIfAbsent(arg, one -> zeros(bytes(kernels, one))));
        }
    }

    private long bytes(GpuKernels kernels, Arg arg) {
        return switch (arg) {
            case Arg.Operand(Value value) -> value.bytes(LIMITS);
            case Arg.WeightPlane(Value weight, int plane) -> {
                WeightForm form = kernels.form(weight, Set.of(WeightUse.MULTIPLY));
                yield Math.ceilDiv(weight.shape().size(0), form.tileRows())
                        * form.planeBytes().get(plane);
            }
            case Arg.Table table -> table.bytes().get().length; // zeros take as long
            default -> throw new IllegalStateException("a product has no such argument: arg=" + arg);
        };
    }

    private long zeros(long bytes) {
        long taken = driver.allocate(bytes);
        memory.add(taken);
        driver.zero(taken, 0, bytes);
        return taken;
    }

    /** The only count that a product looks at. */
    private void bring(long counts, int tokens) {
        try (HostBlock block = driver.openHost(Integer.BYTES)) {
            block.memory().set(ValueLayout.JAVA_INT, 0, tokens);
            driver.write(counts, 0, block, Integer.BYTES);
            driver.finish();
        }
    }

    @Override
    public void close() {
        driver.finish();
        memory.forEach(driver::free);
        memory.clear();
    }
}
