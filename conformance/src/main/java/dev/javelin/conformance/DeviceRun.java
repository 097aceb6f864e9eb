package dev.javelin.conformance;

import dev.javelin.api.Bindings;
import dev.javelin.api.Device;
import dev.javelin.api.LoadListener;
import dev.javelin.api.Output;
import dev.javelin.api.Plan;
import dev.javelin.api.PlanSpec;
import dev.javelin.api.Program;
import dev.javelin.api.StateSpec;
import dev.javelin.api.StateStore;
import dev.javelin.api.Step;
import dev.javelin.api.Value;
import dev.javelin.api.Weights;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs a case on a device and watches for all that goes wrong beside the numbers: stray writes, outputs not written, runs that
 * differ from each other, memory that is not what was announced. For one thread.
 */
final class DeviceRun implements AutoCloseable {

    private static final long WARM_UP_NANOS = 500_000_000;
    private static final long MEASURED_NANOS = 100_000_000;
    private static final int FEWEST_RUNS = 5;

    private final Device device;
    private final Case tried;
    private final Program program;
    private final Contents contents;
    private final boolean watched;
    private final Arena arena = Arena.ofShared();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Map<String, GuardedBuffer> inputs = new LinkedHashMap<>();
    private final Map<String, MemorySegment> inputBytes = new LinkedHashMap<>();
    private final Map<String, GuardedBuffer> outputs = new LinkedHashMap<>();
    private final @Nullable BlockTables tables;
    private final @Nullable StateWatch watch;
    private final Plan plan;
    private final Step step;

    private DeviceRun(Device device, Case tried, Program program, Contents contents, boolean watched) {
        this.device = device;
        this.tried = tried;
        this.program = program;
        this.contents = contents;
        this.watched = watched;
        try {
            StateSpec states = tried.states();
            this.step = new Step(tried.setting().ofStep(tried.limits()), states);
            opened.push(step);
            this.tables = states == null ? null : new BlockTables(states, tried.seed());
            StateStore store = states == null ? null : openStates(states);
            this.watch = store == null || tables == null ? null : new StateWatch(store, program, tables, contents);
            this.plan = prepare(new Bindings(place(), store, Map.of(), null));
        } catch (RuntimeException | Error failed) {
            close();
            throw failed;
        }
    }

    /** Runs all turns once, and trusts the device. */
    static Observed ofOracle(Device oracle, Case tried, Contents contents) {
        try (DeviceRun run = new DeviceRun(oracle, tried, tried.program(), contents, false)) {
            return run.observe();
        }
    }

    /** Runs all turns of the case's program, or of another that does the same, twice where that is possible. */
    static Observed of(Device device, Case tried, Program program, Contents contents) {
        int before = device.memoryUse().open();
        Observed observed;
        try (DeviceRun run = new DeviceRun(device, tried, program, contents, true)) {
            observed = run.observe();
        }
        int after = device.memoryUse().open();
        Claim.that(after == before, "all that was opened is closed again: openBefore=%d, openAfter=%d", before, after);
        return observed;
    }

    /** The shortest time of the first turn, once it has run often enough to be compiled. */
    static long nanos(Device device, Case tried) {
        try (DeviceRun run = new DeviceRun(device, tried, tried.program(), tried.contents(), false)) {
            Turn turn = tried.turns().getFirst();
            if (run.watch != null) {
                run.watch.fork(turn);
            }
            StepScribe.write(run.step, turn, run.contents, run.tables);
            run.shortest(WARM_UP_NANOS);
            return run.shortest(MEASURED_NANOS);
        }
    }

    private long shortest(long nanos) {
        long best = Long.MAX_VALUE;
        long begin = System.nanoTime();
        for (int i = 0; i < FEWEST_RUNS || System.nanoTime() - begin < nanos; i++) {
            long before = System.nanoTime();
            plan.run(step).await();
            best = Math.min(best, System.nanoTime() - before);
        }
        return best;
    }

    private <T extends AutoCloseable> T open(T resource) {
        opened.push(resource);
        return resource;
    }

    private StateStore openStates(StateSpec spec) {
        long before = device.memoryUse().states();
        StateStore store = open(device.openStates(spec));
        announced("states", device.stateBytes(spec), device.memoryUse().states() - before);
        return store;
    }

    private @Nullable Weights place() {
        if (program.weights().isEmpty()) {
            return null;
        }
        CaseWeights source =
                new CaseWeights(program.weights(), contents, tried.setting().sliced(), arena);
        Weights weights = open(device.place(List.of(program), source, LoadListener.NONE));
        announced("weights", device.weightBytes(List.of(program)), weights.bytes());
        if (!weights.retainsSource()) {
            source.spoil();
        }
        return weights;
    }

    private Plan prepare(Bindings bound) {
        Bindings bindings = bound;
        for (Value input : program.inputs().values()) {
            GuardedBuffer buffer = open(new GuardedBuffer(device, input.name(), input.bytes(tried.limits())));
            MemorySegment bytes = inputBytes(input);
            buffer.write(bytes);
            inputs.put(input.name(), buffer);
            inputBytes.put(input.name(), bytes);
            bindings = bindings.with(input.name(), buffer.buffer());
        }
        for (Output output : program.outputs()) {
            if (tried.setting().bound()) {
                Value value = output.value();
                GuardedBuffer buffer = open(new GuardedBuffer(device, value.name(), value.bytes(tried.limits())));
                outputs.put(value.name(), buffer);
                bindings = bindings.with(value.name(), buffer.buffer());
            }
        }
        PlanSpec spec = new PlanSpec(program, tried.limits(), tried.precision());
        long before = device.memoryUse().plans();
        Plan prepared = open(device.prepare(spec, bindings));
        announced("plan", device.planBytes(spec), device.memoryUse().plans() - before);
        return prepared;
    }

    private static void announced(String what, long announced, long taken) {
        Claim.that(
                announced == taken,
                "memory is taken as announced: for=%s, bytesAnnounced=%d, bytesTaken=%d",
                what,
                announced,
                taken);
    }

    private MemorySegment inputBytes(Value input) {
        float[] floats = contents.floats.get(input.name());
        int[] ints = contents.ints.get(input.name());
        MemorySegment from = floats != null
                ? MemorySegment.ofArray(floats)
                : MemorySegment.ofArray(java.util.Objects.requireNonNull(ints, input.name()));
        return arena.allocate(from.byteSize(), Turn.ELEMENT_BYTES).copyFrom(from);
    }

    private Observed observe() {
        Observed observed = new Observed();
        for (Turn turn : tried.turns()) {
            if (watch != null) {
                watch.fork(turn);
                watch.expect(turn);
            }
            Map<String, Snapshot> first = run(turn);
            if (watched && !turn.feedsBack()) {
                compare(turn, first, run(turn));
            }
            observed.turns.add(first);
        }
        if (watch != null) {
            watch.observe(observed);
        }
        outputs.values().forEach(GuardedBuffer::check);
        inputs.values().forEach(GuardedBuffer::check);
        inputs.forEach((name, buffer) -> Claim.that(
                buffer.read(arena).mismatch(inputBytes.get(name)) < 0, "inputs are never written: input=%s", name));
        return observed;
    }

    private Map<String, Snapshot> run(Turn turn) {
        outputs.values().forEach(GuardedBuffer::poison);
        for (Output output : program.outputs()) {
            if (!outputs.containsKey(output.value().name())) {
                MemorySegment memory = plan.output(output.value().name());
                if (!memory.isReadOnly()) {
                    GuardedBuffer.poison(memory);
                }
            }
        }
        StepScribe.write(step, turn, contents, tables);
        var completion = plan.run(step);
        step.clear(); // it is the caller's again, whether or not the run has ended
        step.memory().fill((byte) 0x7F);
        completion.await();
        Claim.that(completion.done(), "a run that was waited for has ended");
        Map<String, Snapshot> snapshots = new LinkedHashMap<>();
        for (Output output : program.outputs()) {
            Value value = output.value();
            GuardedBuffer buffer = outputs.get(value.name());
            MemorySegment memory = buffer == null ? plan.output(value.name()) : buffer.read(arena);
            long rows = turn.count(value.rows());
            snapshots.put(value.name(), Snapshot.of(value.format(), memory, rows * value.width()));
        }
        return snapshots;
    }

    private void compare(Turn turn, Map<String, Snapshot> first, Map<String, Snapshot> second) {
        for (Output output : program.outputs()) {
            String name = output.value().name();
            Snapshot one = java.util.Objects.requireNonNull(first.get(name));
            Snapshot other = java.util.Objects.requireNonNull(second.get(name));
            int rows = turn.count(output.value().rows());
            int width = rows == 0 ? 0 : one.size() / rows;
            for (int row = 0; row < rows; row++) {
                boolean defined = output.want() == null
                        || (turn.wanted().get(row).wants() & output.want().bit()) != 0;
                Claim.that(
                        !defined || one.sameBits(other, row * width, (row + 1) * width),
                        "the second run equals the first bit for bit: output=%s, row=%d",
                        name,
                        row);
            }
        }
    }

    @Override
    public void close() {
        RuntimeException failure = null;
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                failure = new Claim.Broken("closing must not fail: " + e, e);
            }
        }
        arena.close();
        if (failure != null) {
            throw failure;
        }
    }
}
