package dev.javelin.runtime.model;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.javelin.api.Bindings;
import dev.javelin.api.Device;
import dev.javelin.api.KvGroup;
import dev.javelin.api.Limits;
import dev.javelin.api.LoadListener;
import dev.javelin.api.Plan;
import dev.javelin.api.PlanSpec;
import dev.javelin.api.Precision;
import dev.javelin.api.StateGroup;
import dev.javelin.api.StateSpec;
import dev.javelin.api.StateStore;
import dev.javelin.api.Step;
import dev.javelin.api.Want;
import dev.javelin.api.Weights;
import dev.javelin.runtime.gguf.GgufFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Plays one sequence through a model, without any of the runtime around it. */
final class Player implements AutoCloseable {
    private static final int BLOCK = 16;

    private final Transformer model;
    private final StateSpec states;
    private final Weights weights;
    private final StateStore store;
    private final Plan plan;
    private final Step step;
    private int played;

    Player(Device device, GgufFile file, int context, KvFormats formats, int tokens, Precision precision) {
        this.model = Transformer.of(file, context, formats);
        List<StateSpec.Blocks> groups = new ArrayList<>();
        for (StateGroup group : model.program().groups()) {
            groups.add(new StateSpec.Blocks((KvGroup) group, Math.ceilDiv(context, BLOCK)));
        }
        this.states = new StateSpec(BLOCK, groups);
        this.weights = device.place(List.of(model.program()), model.weights(), LoadListener.NONE);
        this.store = device.openStates(states);
        Limits limits = new Limits(tokens, 1, tokens, context);
        this.plan = device.prepare(
                new PlanSpec(model.program(), limits, precision),
                Bindings.NONE.with(weights).with(store));
        this.step = new Step(limits, states);
    }

    /** The logits of every token. */
    float[] play(int... tokens) {
        step.clear();
        step.addSequence();
        for (int group = 0; group < states.groups().size(); group++) {
            for (int i = 0; i < states.blocksFor(played + tokens.length); i++) {
                step.setBlock(group, i, i);
            }
        }
        for (int token : tokens) {
            int row = step.addToken(token, played, played);
            step.addOutput(row, Want.bits(Want.LOGITS, Want.ID));
            played++;
        }
        plan.run(step).await();
        float[] logits = new float[tokens.length * model.vocabulary()];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = plan.output(Transformer.LOGITS).getAtIndex(JAVA_FLOAT, i);
        }
        return logits;
    }

    /** The logits of every token, which are added a few at a time. */
    float[] playInPieces(int[] tokens, int most) {
        float[] all = new float[tokens.length * model.vocabulary()];
        for (int from = 0; from < tokens.length; from += most) {
            int[] piece = Arrays.copyOfRange(tokens, from, Math.min(tokens.length, from + most));
            float[] logits = play(piece);
            System.arraycopy(logits, 0, all, from * model.vocabulary(), logits.length);
        }
        return all;
    }

    /** Begins again. */
    void forget() {
        played = 0;
    }

    /** The id that the device chose after the last token of so many. */
    int chosen(int tokens) {
        return plan.output(Transformer.IDS).getAtIndex(JAVA_INT, tokens - 1);
    }

    @Override
    public void close() {
        step.close();
        plan.close();
        store.close();
        weights.close();
    }
}
