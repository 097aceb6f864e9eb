package dev.javelin.synth;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.javelin.api.Backend;
import dev.javelin.api.Bindings;
import dev.javelin.api.Device;
import dev.javelin.api.KvGroup;
import dev.javelin.api.Limits;
import dev.javelin.api.LoadListener;
import dev.javelin.api.Plan;
import dev.javelin.api.PlanSpec;
import dev.javelin.api.Precision;
import dev.javelin.api.Probe;
import dev.javelin.api.StateSpec;
import dev.javelin.api.StateStore;
import dev.javelin.api.Step;
import dev.javelin.api.Want;
import dev.javelin.api.Weights;
import dev.javelin.runtime.gguf.GgufFile;
import dev.javelin.runtime.model.KvFormats;
import dev.javelin.runtime.model.Transformer;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** Runs a model file on a device once, without any of the runtime around it. */
final class Trial {
    private static final int CONTEXT = 256;

    private Trial() {}

    /** Every backend there is. */
    static Stream<Backend> backends() {
        return ServiceLoader.load(Backend.class).stream().map(ServiceLoader.Provider::get);
    }

    /** The logits after each token. */
    static float[] logits(Backend backend, Path path, int... tokens) {
        Probe.Found found = (Probe.Found) backend.probe();
        try (Device device = backend.open(found.devices().getFirst());
                GgufFile file = GgufFile.open(path)) {
            return logits(device, Transformer.of(file, CONTEXT, KvFormats.DEFAULT), tokens);
        }
    }

    private static float[] logits(Device device, Transformer model, int... tokens) {
        List<StateSpec.Blocks> groups = model.program().groups().stream()
                .map(group -> new StateSpec.Blocks((KvGroup) group, 1))
                .toList();
        StateSpec states = new StateSpec(CONTEXT, groups);
        Limits limits = new Limits(tokens.length, 1, tokens.length, CONTEXT);
        PlanSpec spec = new PlanSpec(model.program(), limits, Precision.FAST);
        try (Weights weights = device.place(List.of(model.program()), model.weights(), LoadListener.NONE);
                StateStore store = device.openStates(states);
                Plan plan = device.prepare(spec, Bindings.NONE.with(weights).with(store));
                Step step = new Step(limits, states)) {
            step.addSequence();
            for (int group = 0; group < groups.size(); group++) {
                step.setBlock(group, 0, 0);
            }
            for (int i = 0; i < tokens.length; i++) {
                step.addOutput(step.addToken(tokens[i], i, i), Want.bits(Want.LOGITS));
            }
            plan.run(step).await();
            MemorySegment logits = plan.output(Transformer.LOGITS);
            return logits.asSlice(0, (long) tokens.length * model.vocabulary() * Float.BYTES)
                    .toArray(JAVA_FLOAT);
        }
    }
}
