package dev.javelin.kernels.host;

import dev.javelin.api.Bindings;
import dev.javelin.api.Completion;
import dev.javelin.api.DeviceFailedException;
import dev.javelin.api.Format;
import dev.javelin.api.Limits;
import dev.javelin.api.Op;
import dev.javelin.api.OpTime;
import dev.javelin.api.Output;
import dev.javelin.api.Plan;
import dev.javelin.api.PlanSpec;
import dev.javelin.api.Program;
import dev.javelin.api.StateGroup;
import dev.javelin.api.Step;
import dev.javelin.api.StepRules;
import dev.javelin.api.Value;
import dev.javelin.api.Want;
import dev.javelin.kernels.device.Bytes;
import dev.javelin.kernels.device.Opening;
import dev.javelin.kernels.device.Openings;
import dev.javelin.kernels.device.Temporaries;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A program whose kernels work in host memory. Runs on the caller's thread: when {@code run} returns, the run has ended. */
final class HostPlan<W> extends HostOpening implements Plan {
    private final Openings device;
    private final PlanSpec spec;
    private final Program lowered;
    private final StepRules rules;
    private final Memory memory;
    private final List<Opening> needed = new ArrayList<>();
    private final Map<String, MemorySegment> outputs = new HashMap<>();
    private final Kernel[] kernels;
    private final long[] nanos;
    private final Ended completion = new Ended();
    private final @Nullable MemorySegment chosen;
    private long runs;

    HostPlan(Openings device, HostEngine<W> engine, PlanSpec spec, Program lowered, Bindings bindings, long bytes) {
        super(device, Kind.PLAN, "plan " + spec.program().name(), bytes);
        this.device = device;
        this.spec = spec;
        this.lowered = lowered;
        try {
            this.rules = new StepRules(spec, bindings);
            this.memory = new Memory(engine, bindings);
            this.chosen = spec.program().outputs().stream()
                    .filter(output -> output.want() == Want.ID)
                    .findFirst()
                    .map(output -> memory.of(output.value()))
                    .orElse(null);
            for (Output output : spec.program().outputs()) {
                if (!bindings.buffers().containsKey(output.value().name())) {
                    outputs.put(output.value().name(), memory.of(output.value()).asReadOnly());
                }
            }
            List<Op> ops = lowered.ops();
            kernels = new Kernel[ops.size()];
            nanos = new long[ops.size()];
            for (int i = 0; i < kernels.length; i++) {
                kernels[i] = engine.compile(ops.get(i), memory, spec.precision());
            }
        } catch (Throwable failed) {
            close();
            throw failed;
        }
    }

    /** Bytes that a plan takes, if all outputs come back to host memory; counted as taken also where some do not. */
    static long bytes(HostEngine<?> engine, PlanSpec spec, Program lowered) {
        long temporaries = new Temporaries(lowered, spec.limits(), values(spec.program()), Set.of(), ALIGNMENT).bytes();
        long scratch = scratchBytes(engine, lowered, spec.limits());
        long kernels = engine.kernelBytes(lowered.ops(), spec.limits());
        return Bytes.sum(Bytes.sum(temporaries, scratch), Bytes.sum(kernels, feedbackBytes(spec.limits())));
    }

    private static long scratchBytes(HostEngine<?> engine, Program lowered, Limits limits) {
        return lowered.ops().stream()
                .mapToLong(op -> engine.scratchBytes(op, limits))
                .max()
                .orElse(0);
    }

    private static long feedbackBytes(Limits limits) {
        return Format.I32.bytes(limits.outputs());
    }

    private static Set<Value> values(Program program) {
        return program.outputs().stream().map(Output::value).collect(Collectors.toSet());
    }

    @Override
    public PlanSpec spec() {
        return spec;
    }

    @Override
    public Completion run(Step step) {
        completion.begin();
        Throwable failure = completion.failure; // of the run before, which stays the latest if the step is refused
        try {
            rules.check(step);
            device.lock();
            try {
                requireOpen();
                for (int i = 0; i < needed.size(); i++) {
                    needed.get(i).requireOpen();
                }
                failure = runKernels(step);
            } finally {
                device.unlock();
            }
        } finally {
            completion.end(failure);
        }
        return completion;
    }

    private @Nullable Throwable runKernels(Step step) {
        try {
            if (spec.profiled()) {
                runProfiled(step);
            } else {
                for (Kernel kernel : kernels) {
                    kernel.run(step);
                }
            }
            if (chosen != null) {
                MemorySegment.copy(chosen, 0, memory.feedback(), 0, (long) step.outputs() * Integer.BYTES);
            }
            return null;
        } catch (Throwable failed) {
            return failed;
        }
    }

    private void runProfiled(Step step) {
        for (int i = 0; i < kernels.length; i++) {
            long begin = System.nanoTime();
            kernels[i].run(step);
            nanos[i] += System.nanoTime() - begin;
        }
        runs++;
    }

    @Override
    public MemorySegment output(String name) {
        requireOpen();
        MemorySegment output = outputs.get(name);
        if (output == null) {
            throw new IllegalArgumentException("the plan has no such output in host memory: output=%s, outputs=%s"
                    .formatted(name, outputs.keySet()));
        }
        return output;
    }

    @Override
    public List<OpTime> profile() {
        if (!spec.profiled()) {
            return List.of();
        }
        List<OpTime> times = new ArrayList<>();
        for (int i = 0; i < nanos.length; i++) {
            times.add(new OpTime(lowered.ops().get(i), runs, nanos[i]));
        }
        return times;
    }

    /** The end of the latest run. Who runs the plan never waits; another thread may ask while a run is under way. */
    private final class Ended implements Completion {
        private boolean running;
        private volatile @Nullable Throwable failure;

        synchronized void begin() {
            if (running) {
                throw new IllegalStateException("the previous run has not ended: program="
                        + spec.program().name());
            }
            running = true;
        }

        synchronized void end(@Nullable Throwable cause) {
            failure = cause;
            running = false;
            notifyAll();
        }

        @Override
        public synchronized boolean done() {
            return !running;
        }

        @Override
        public void await() {
            await(Long.MAX_VALUE);
        }

        @Override
        public boolean await(long nanos) {
            if (!ended(nanos)) {
                return false;
            }
            Throwable cause = failure;
            if (cause != null) {
                throw new DeviceFailedException(
                        "a run failed: device=%s, program=%s, cause=%s"
                                .formatted(device.device(), spec.program().name(), cause),
                        cause);
            }
            return true;
        }

        private synchronized boolean ended(long nanos) {
            long begin = System.nanoTime();
            boolean interrupted = false;
            long left = nanos;
            while (running && left > 0) {
                try {
                    TimeUnit.NANOSECONDS.timedWait(this, left);
                } catch (InterruptedException deferred) {
                    interrupted = true;
                }
                left = nanos - (System.nanoTime() - begin);
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return !running;
        }
    }

    private final class Memory implements PlanMemory<W> {
        private final Bindings bindings;
        private final Temporaries temporaries;
        private final MemorySegment block;
        private final MemorySegment scratch;
        private final MemorySegment feedback;
        private final Map<Value, MemorySegment> bound = new HashMap<>();

        Memory(HostEngine<W> engine, Bindings bindings) {
            this.bindings = bindings;
            Set<Value> kept = new HashSet<>(values(spec.program()));
            spec.program().inputs().values().forEach(this::bind);
            kept.stream()
                    .filter(value -> bindings.buffers().containsKey(value.name()))
                    .toList()
                    .forEach(this::bind);
            kept.removeAll(bound.keySet());
            temporaries = new Temporaries(lowered, spec.limits(), kept, bound.keySet(), ALIGNMENT);
            block = allocate(temporaries.bytes());
            scratch = allocate(scratchBytes(engine, lowered, spec.limits()));
            HostBuffer shared = (HostBuffer) bindings.feedback();
            feedback = shared == null ? allocate(feedbackBytes(spec.limits())) : shared.memory();
            if (shared != null) {
                needed.add(shared);
            }
            if (bindings.weights() != null) {
                needed.add((HostWeights<?>) bindings.weights());
            }
            if (bindings.states() != null) {
                needed.add((HostStates) bindings.states());
            }
        }

        private void bind(Value value) {
            HostBuffer buffer = (HostBuffer) bindings.buffers().get(value.name());
            if (buffer != null) {
                bound.put(value, buffer.memory().asSlice(0, value.bytes(limits())));
                needed.add(buffer);
            }
        }

        @Override
        public Limits limits() {
            return spec.limits();
        }

        @Override
        public MemorySegment of(Value value) {
            MemorySegment elsewhere = bound.get(value);
            return elsewhere != null ? elsewhere : block.asSlice(temporaries.offset(value), value.bytes(limits()));
        }

        @Override
        @SuppressWarnings("unchecked") // HostDevice lets only weights of its own engine through
        public W weight(Value weight) {
            HostWeights<W> weights = (HostWeights<W>) bindings.weights();
            if (weights == null) {
                throw new IllegalArgumentException("no weights are bound: weight=" + weight);
            }
            return weights.get(weight);
        }

        @Override
        public int groupIndex(StateGroup group) {
            return states().spec().indexOf(group);
        }

        @Override
        public MemorySegment blocks(StateGroup group) {
            return states().blocks(groupIndex(group));
        }

        @Override
        public int blockTokens() {
            return states().spec().blockTokens();
        }

        @Override
        public MemorySegment feedback() {
            return feedback;
        }

        @Override
        public MemorySegment scratch() {
            return scratch;
        }

        private HostStates states() {
            HostStates states = (HostStates) bindings.states();
            if (states == null) {
                throw new IllegalArgumentException(
                        "no state is bound: program=" + spec.program().name());
            }
            return states;
        }
    }
}
