package dev.javelin.kernels.gpu;

import dev.javelin.api.Bindings;
import dev.javelin.api.Completion;
import dev.javelin.api.Op;
import dev.javelin.api.OpTime;
import dev.javelin.api.Plan;
import dev.javelin.api.PlanSpec;
import dev.javelin.api.Program;
import dev.javelin.api.Step;
import dev.javelin.api.StepRules;
import dev.javelin.api.Want;
import dev.javelin.kernels.device.Opening;
import dev.javelin.kernels.device.Openings;
import dev.javelin.kernels.device.WeightUse;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A program made ready: kernels with their arguments, enqueued one after the other in each run, between the copy of the step to
 * the device and those of the outputs back. Enqueuing leaves no garbage behind.
 */
final class GpuPlan extends GpuOpening implements Plan {
    private static final long NONE = -1;

    private final PlanSpec spec;
    private final List<Opening> needed = new ArrayList<>();
    private final Deque<Runnable> undo = new ArrayDeque<>(); // what was opened last is closed first
    private final StepRules rules;
    private final PlanMemory memory;
    private final Enqueued[][] launches; // (op, launch)
    private final long chosen;
    private final RunEnd end;
    private final @Nullable OpTimes times;
    private final PlanOutputs outputs;

    /** With the device's lock held. */
    GpuPlan(
            Openings owner,
            GpuDriver driver,
            GpuKernels kernels,
            Tables tables,
            PlanSpec spec,
            Program lowered,
            Bindings bindings,
            long bytes) {
        super(owner, driver, Kind.PLAN, "plan " + spec.program().name(), bytes);
        this.spec = spec;
        try {
            rules = new StepRules(spec, bindings);
            need(bindings);
            memory = new PlanMemory(this, kernels, tables, spec, lowered, bindings);
            PlanFacts facts = new PlanFacts(spec.limits(), spec.precision(), memory.blockTokens(), uses(bindings));
            launches = new Enqueued[lowered.ops().size()][];
            for (int i = 0; i < launches.length; i++) {
                Op op = lowered.ops().get(i);
                launches[i] = kernels.launches(op, facts).stream()
                        .map(launch -> open(launch, op, kernels))
                        .toArray(Enqueued[]::new);
            }
            chosen = chosen(spec.program());
            end = new RunEnd(
                    driver,
                    "device=%s, program=%s"
                            .formatted(owner.device(), spec.program().name()));
            undo.push(end::close);
            times = spec.profiled() ? new OpTimes(driver, lowered.ops()) : null;
            if (times != null) {
                undo.push(times::free);
            }
            outputs = new PlanOutputs(this, memory, spec.program(), spec.limits(), bindings);
        } catch (Throwable failed) {
            close();
            throw failed;
        }
    }

    private void need(Bindings bindings) {
        List<@Nullable Object> bound = new ArrayList<>(bindings.buffers().values());
        bound.add(bindings.feedback());
        bound.add(bindings.weights());
        bound.add(bindings.states());
        for (Object one : bound) {
            if (one instanceof Opening opening) {
                needed.add(opening);
            }
        }
    }

    private static Map<String, Set<WeightUse>> uses(Bindings bindings) {
        return bindings.weights() instanceof GpuWeights weights ? weights.uses().uses() : Map.of();
    }

    private Enqueued open(Launch launch, Op op, GpuKernels kernels) {
        long kernel = driver().openKernel(launch.kernel(), () -> kernels.text(launch.kernel()));
        Enqueued enqueued = new Enqueued(driver(), launch.grid(), launch.span(), kernel);
        undo.push(enqueued::free);
        for (int i = 0; i < launch.args().size(); i++) {
            memory.set(kernel, i, launch.args().get(i), op);
        }
        return enqueued;
    }

    /** The ids that go on to the next run. */
    private long chosen(Program program) {
        return program.outputs().stream()
                .filter(output -> output.want() == Want.ID)
                .findFirst()
                .map(output -> memory.of(output.value()))
                .orElse(NONE);
    }

    /** Host memory that lives as long as the plan. */
    HostBlock openHost(long size) {
        HostBlock block = driver().openHost(size);
        undo.push(block::close);
        return block;
    }

    @Override
    public PlanSpec spec() {
        return spec;
    }

    @Override
    public Completion run(Step step) {
        end.begin();
        boolean refused = true;
        try {
            rules.check(step);
            owner().lock();
            try {
                requireOpen();
                for (int i = 0; i < needed.size(); i++) {
                    needed.get(i).requireOpen();
                }
                refused = false;
                enqueue(step);
            } finally {
                owner().unlock();
            }
        } finally {
            if (refused) {
                end.refused();
            }
        }
        return end;
    }

    private void enqueue(Step step) {
        try {
            memory.columns().bring(step, memory.columnsHost(), driver(), memory.columnsMemory());
            if (times == null) {
                for (Enqueued[] op : launches) {
                    launch(op, step);
                }
            } else {
                launchTimed(step, times);
            }
            if (chosen != NONE && step.outputs() > 0) {
                driver().copy(chosen, 0, memory.feedback(), 0, (long) step.outputs() * Integer.BYTES);
            }
            outputs.bringBack(step, driver());
            end.enqueued();
            driver().flush();
        } catch (Throwable failed) {
            try {
                settle(driver()); // what was enqueued still works with the plan's memory
            } finally {
                end.failed(failed);
            }
        }
    }

    private static void launch(Enqueued[] op, Step step) {
        for (Enqueued one : op) {
            one.launch(step);
        }
    }

    private void launchTimed(Step step, OpTimes timed) {
        timed.begin();
        for (int i = 0; i < launches.length; i++) {
            launch(launches[i], step);
            timed.ended(i);
        }
        timed.end();
    }

    @Override
    public MemorySegment output(String name) {
        requireOpen();
        MemorySegment output = outputs.of(name);
        if (output == null) {
            throw new IllegalArgumentException(
                    "the plan has no such output in host memory: output=%s, outputs=%s".formatted(name, outputs));
        }
        return output;
    }

    @Override
    public List<OpTime> profile() {
        List<OpTime> all = new ArrayList<>();
        if (times != null) {
            owner().exclusively(() -> all.addAll(times.times()));
        }
        return all;
    }

    /** The outputs first: that is refused while somebody reads them. */
    @Override
    void freeOthers() {
        while (!undo.isEmpty()) {
            undo.getFirst().run();
            undo.removeFirst();
        }
    }
}
