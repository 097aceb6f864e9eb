package dev.javelin.conformance;

import dev.javelin.api.Bindings;
import dev.javelin.api.Buffer;
import dev.javelin.api.Device;
import dev.javelin.api.Limits;
import dev.javelin.api.LoadListener;
import dev.javelin.api.Output;
import dev.javelin.api.Plan;
import dev.javelin.api.PlanSpec;
import dev.javelin.api.Precision;
import dev.javelin.api.StateSpec;
import dev.javelin.api.StateStore;
import dev.javelin.api.Step;
import dev.javelin.api.UnsupportedOpException;
import dev.javelin.api.Weights;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tiny model made ready on a device, to run turns one by one. Whoever makes it closes it. For one thread. */
final class Session implements AutoCloseable {

    static final int BLOCK_TOKENS = 4;
    static final int BLOCKS = 40;

    final Weights weights;
    final StateStore states;
    final Plan plan;
    final Step step;
    private final TinyModel model;
    private final Contents contents;
    private final Arena arena = Arena.ofShared();
    private final BlockTables tables;

    Session(Device device, TinyModel model, Limits limits, boolean profiled, @Nullable Buffer feedback) {
        this.model = model;
        this.contents = model.contents();
        try {
            CaseWeights source = new CaseWeights(model.program.weights(), contents, false, arena);
            this.weights = device.place(List.of(model.program), source, LoadListener.NONE);
        } catch (UnsupportedOpException no) {
            throw new Promise.Unsupported(String.valueOf(no.getMessage()));
        }
        StateSpec spec = states(model);
        this.states = device.openStates(spec);
        this.tables = new BlockTables(spec, 1);
        this.plan = device.prepare(
                new PlanSpec(model.program, limits, Precision.EXACT, profiled),
                new Bindings(weights, states, Map.of(), feedback));
        this.step = new Step(limits, spec);
    }

    static StateSpec states(TinyModel model) {
        return new StateSpec(
                BLOCK_TOKENS,
                List.of(new StateSpec.Blocks(model.recent, BLOCKS), new StateSpec.Blocks(model.all, BLOCKS)));
    }

    BlockTables tables() {
        return tables;
    }

    /** Runs the turn and returns what it gave, by output. */
    Map<String, Snapshot> run(Turn turn) {
        StepScribe.write(step, turn, contents, tables);
        plan.run(step).await();
        return outputs(turn);
    }

    /** What the outputs hold, of the rows that the turn has. */
    Map<String, Snapshot> outputs(Turn turn) {
        Map<String, Snapshot> outputs = new LinkedHashMap<>();
        for (Output output : model.program.outputs()) {
            long elements =
                    (long) turn.count(output.value().rows()) * output.value().width();
            MemorySegment memory = plan.output(output.value().name());
            outputs.put(output.value().name(), Snapshot.of(output.value().format(), memory, elements));
        }
        return outputs;
    }

    /** All blocks of all groups. */
    List<MemorySegment> blocks() {
        List<MemorySegment> blocks = new ArrayList<>();
        for (int group = 0; group < states.spec().groups().size(); group++) {
            for (int block = 0; block < BLOCKS; block++) {
                MemorySegment memory =
                        arena.allocate(states.spec().groups().get(group).group().blockBytes(BLOCK_TOKENS), Long.BYTES);
                states.exportBlock(group, block, memory);
                blocks.add(memory);
            }
        }
        return blocks;
    }

    @Override
    public void close() {
        plan.close();
        states.close();
        weights.close();
        step.close();
        arena.close();
    }
}
