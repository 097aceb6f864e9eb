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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** Every device there is, open, to run model files on once, without any of the runtime around it. The opener closes it. */
final class Trial implements AutoCloseable {
    private static final int CONTEXT = 256;

    private final List<Device> devices = ServiceLoader.load(Backend.class).stream()
            .map(backend -> open(backend.get()))
            .toList();

    private static Device open(Backend backend) {
        Probe.Found found = (Probe.Found) backend.probe();
        return backend.open(found.devices().getFirst());
    }

    /** The logits after each token, by device. */
    Map<String, float[]> logits(Path path, int... tokens) {
        Map<String, float[]> all = new LinkedHashMap<>();
        try (GgufFile file = GgufFile.open(path)) {
            Transformer model = Transformer.of(file, CONTEXT, KvFormats.DEFAULT);
            devices.forEach(device -> all.put(device.info().id(), logits(device, model, tokens)));
        }
        return all;
    }

    @Override
    public void close() {
        devices.forEach(Device::close);
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
