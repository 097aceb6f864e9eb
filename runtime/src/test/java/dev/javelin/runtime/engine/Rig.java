package dev.javelin.runtime.engine;

import dev.javelin.api.Backend;
import dev.javelin.api.Bindings;
import dev.javelin.api.Device;
import dev.javelin.api.Format;
import dev.javelin.api.Limits;
import dev.javelin.api.LoadListener;
import dev.javelin.api.Plan;
import dev.javelin.api.PlanSpec;
import dev.javelin.api.Precision;
import dev.javelin.api.Probe;
import dev.javelin.api.StateSpec;
import dev.javelin.api.StateStore;
import dev.javelin.api.Step;
import dev.javelin.api.Weights;
import dev.javelin.kernels.refs.Refs;
import dev.javelin.runtime.gguf.GgufFile;
import dev.javelin.runtime.model.KvFormats;
import dev.javelin.runtime.model.Transformer;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;

/** The tiny model on the CPU, with an engine. */
final class Rig implements AutoCloseable {
    static final int CONTEXT = 1024;
    static final Path TINY = Refs.repository().resolve("model-tiny/src/main/resources/dev/javelin/tiny/tiny-f16.gguf");

    final Transformer model;
    final Engine engine;
    private final GgufFile file;
    private final Device device;
    private final Weights weights;
    private final StateStore store;
    private final Plan plan;
    private final Step step;

    /**
     * @param blocks of state, of 16 tokens
     * @param stepTokens tokens of a step
     */
    Rig(int blocks, int sequences, int stepTokens) {
        Backend cpu = ServiceLoader.load(Backend.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(backend -> backend.id().equals("cpu"))
                .findFirst()
                .orElseThrow();
        file = GgufFile.open(TINY);
        model = Transformer.of(file, CONTEXT, new KvFormats(Format.F32, Format.F32));
        device = cpu.open(((Probe.Found) cpu.probe()).devices().getFirst());
        weights = device.place(List.of(model.program()), model.weights(), LoadListener.NONE);
        StateSpec states = new StateSpec(
                16,
                model.program().groups().stream()
                        .map(group -> new StateSpec.Blocks(group, blocks))
                        .toList());
        store = device.openStates(states);
        Limits limits = new Limits(stepTokens, sequences, sequences, CONTEXT);
        plan = device.prepare(
                new PlanSpec(model.program(), limits, Precision.EXACT),
                Bindings.NONE.with(weights).with(store));
        step = new Step(limits, states);
        engine = new Engine("test", new Batch(plan, store, step, Transformer.OUTPUTS, 250_000_000));
    }

    @Override
    public void close() {
        engine.close();
        step.close();
        plan.close();
        store.close();
        weights.close();
        device.close();
        file.close();
    }
}
