package dev.javelin.kernels.gpu;

import dev.javelin.api.Bindings;
import dev.javelin.api.Format;
import dev.javelin.api.Limits;
import dev.javelin.api.Op;
import dev.javelin.api.Output;
import dev.javelin.api.PlanSpec;
import dev.javelin.api.Program;
import dev.javelin.api.StateGroup;
import dev.javelin.api.StateSpec;
import dev.javelin.api.Value;
import dev.javelin.kernels.device.Bytes;
import dev.javelin.kernels.device.Temporaries;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The memory of one plan on the device, and where in it, or elsewhere, a kernel finds its arguments. */
final class PlanMemory {
    private final GpuPlan plan;
    private final GpuKernels kernels;
    private final Tables tables;
    private final Limits limits;
    private final Bindings bindings;
    private final Map<Value, Long> places = new HashMap<>();
    private final Map<Long, Long> scratchViews = new HashMap<>();
    private final Map<Long, Long> columnViews = new HashMap<>();
    private final Temporaries temporaries;
    private final long block;
    private final long scratchBytes;
    private final long scratch;
    private final long feedback;
    private final StepColumns columns;
    private final HostBlock columnsHost;
    private final long columnsMemory;

    /** Takes the memory for the plan, which gives it back. */
    PlanMemory(GpuPlan plan, GpuKernels kernels, Tables tables, PlanSpec spec, Program lowered, Bindings bindings) {
        this.plan = plan;
        this.kernels = kernels;
        this.tables = tables;
        this.limits = spec.limits();
        this.bindings = bindings;
        long alignment = plan.driver().alignment();
        Set<Value> kept = outputs(spec.program());
        spec.program().inputs().values().forEach(this::bind);
        kept.forEach(this::bind);
        kept.removeAll(places.keySet());
        this.temporaries = new Temporaries(lowered, limits, kept, places.keySet(), alignment);
        this.block = plan.allocateZeros(temporaries.bytes());
        this.scratchBytes = Scratch.bytes(kernels, lowered, limits, alignment);
        this.scratch = plan.allocateZeros(scratchBytes);
        GpuBuffer shared = (GpuBuffer) bindings.feedback();
        this.feedback = shared == null ? plan.allocateZeros(Format.I32.bytes(limits.outputs())) : shared.memory();
        this.columns = new StepColumns(limits, states(), alignment);
        this.columnsMemory = plan.allocateZeros(columns.bytes());
        this.columnsHost = plan.openHost(columns.bytes());
    }

    /**
     * Bytes that a plan takes, if all outputs come back to host memory; counted as taken also where some do not. Block tables are
     * left out, since their size depends on the state that is bound.
     */
    static long bytes(GpuKernels kernels, PlanSpec spec, Program lowered, long alignment) {
        Limits limits = spec.limits();
        long temporaries = new Temporaries(lowered, limits, outputs(spec.program()), Set.of(), alignment).bytes();
        long scratch = Scratch.bytes(kernels, lowered, limits, alignment);
        long columns = new StepColumns(limits, null, alignment).bytes();
        return Bytes.sum(Bytes.sum(temporaries, scratch), Bytes.sum(Format.I32.bytes(limits.outputs()), columns));
    }

    private static Set<Value> outputs(Program program) {
        return program.outputs().stream().map(Output::value).collect(Collectors.toCollection(HashSet::new));
    }

    private void bind(Value value) {
        GpuBuffer buffer = (GpuBuffer) bindings.buffers().get(value.name());
        if (buffer != null) {
            places.put(value, buffer.memory());
        }
    }

    private @Nullable StateSpec states() {
        return bindings.states() == null ? null : bindings.states().spec();
    }

    private GpuStates boundStates() {
        if (bindings.states() instanceof GpuStates states) {
            return states;
        }
        throw new IllegalArgumentException("no states are bound");
    }

    /** Tokens of a state block. */
    int blockTokens() {
        StateSpec states = states();
        return states == null ? 0 : states.blockTokens();
    }

    StepColumns columns() {
        return columns;
    }

    HostBlock columnsHost() {
        return columnsHost;
    }

    long columnsMemory() {
        return columnsMemory;
    }

    /** The ids that the previous run chose. */
    long feedback() {
        return feedback;
    }

    /** The memory of an input or a result. */
    long of(Value value) {
        Long known = places.get(value);
        if (known == null) {
            known = plan.view(block, temporaries.offset(value), value.bytes(limits));
            places.put(value, known);
        }
        return known;
    }

    /** Gives a kernel its argument. */
    void set(long kernel, int index, Arg arg, Op op) {
        GpuDriver driver = plan.driver();
        switch (arg) {
            case Arg.Int(int value) -> driver.setNumber(kernel, index, value);
            case Arg.Real(float value) -> driver.setNumber(kernel, index, Float.floatToRawIntBits(value));
            default -> driver.setMemory(kernel, index, memory(arg, op));
        }
    }

    private long memory(Arg arg, Op op) {
        return switch (arg) {
            case Arg.Operand(Value value) -> of(value);
            case Arg.WeightPlane(Value weight, int plane) -> boundWeights().plane(weight, plane);
            case Arg.Column column -> column(columns.use(column.column(), columnsHost));
            case Arg.BlockTable(StateGroup group) ->
                column(columns.useTable(boundStates().spec().indexOf(group), columnsHost));
            case Arg.Counts counts -> column(0);
            case Arg.Keys keys -> boundStates().keys(keys.group(), keys.layer());
            case Arg.Values values -> boundStates().values(values.group(), values.layer());
            case Arg.Feedback ids -> feedback;
            case Arg.Scratch piece -> scratch(op, piece.piece());
            case Arg.Table table -> tables.of(table);
            case Arg.Int number -> throw noMemory(number);
            case Arg.Real number -> throw noMemory(number);
        };
    }

    private static IllegalArgumentException noMemory(Arg arg) {
        return new IllegalArgumentException("a number has no memory: " + arg);
    }

    private GpuWeights boundWeights() {
        if (bindings.weights() instanceof GpuWeights weights) {
            return weights;
        }
        throw new IllegalArgumentException("no weights are bound");
    }

    private long column(long offset) {
        return columnViews.computeIfAbsent(offset, at -> plan.view(columnsMemory, at, columns.bytes() - at));
    }

    private long scratch(Op op, int piece) {
        List<Long> offsets = Scratch.offsets(kernels, op, limits, plan.driver().alignment());
        return scratchViews.computeIfAbsent(offsets.get(piece), at -> plan.view(scratch, at, scratchBytes - at));
    }
}
