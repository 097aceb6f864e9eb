package dev.javelin.kernels.reference;

import static dev.javelin.api.Dim.Symbol.OUTPUTS;
import static dev.javelin.api.Dim.Symbol.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.javelin.api.ArgMax;
import dev.javelin.api.Bindings;
import dev.javelin.api.Buffer;
import dev.javelin.api.Device;
import dev.javelin.api.Embed;
import dev.javelin.api.Format;
import dev.javelin.api.Limits;
import dev.javelin.api.LoadListener;
import dev.javelin.api.MatMul;
import dev.javelin.api.Plan;
import dev.javelin.api.PlanSpec;
import dev.javelin.api.Precision;
import dev.javelin.api.Program;
import dev.javelin.api.Rows;
import dev.javelin.api.Shape;
import dev.javelin.api.Step;
import dev.javelin.api.Tensor;
import dev.javelin.api.Value;
import dev.javelin.api.Want;
import dev.javelin.api.WeightSource;
import dev.javelin.api.Weights;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReferenceEmbedTest {
    private static final Limits LIMITS = new Limits(3, 1, 3, 8);

    @Test
    void looksIdsUpAndScalesThem() {
        float[] numbers = Samples.gaussian(1, 5 * 32);
        float[] table = Samples.rounded(Format.Q4_0, numbers);
        try (Rig rig = new Rig(2)) {
            Value out = rig.result("out", Shape.rows(TOKENS, 32));
            rig.add(new Embed(out, rig.weight(Samples.tensor("table", Format.Q4_0, Shape.of(5, 32), numbers)), 3));
            Step step = rig.step();
            step.addSequence();
            step.addToken(4, 0, 0);
            step.addToken(1, 1, 1);

            float[] rows = rig.floats(step, out);

            for (int i = 0; i < 32; i++) {
                assertThat(rows[i]).isEqualTo((float) (3.0 * table[4 * 32 + i]));
                assertThat(rows[32 + i]).isEqualTo((float) (3.0 * table[32 + i]));
            }
        }
    }

    @Test
    void copiesEmbeddingRowsWithoutScalingThem() {
        try (Rig rig = new Rig(LIMITS.with(new Limits.Extras(2, 0, 0, false)))) {
            Value out = rig.result("out", Shape.rows(TOKENS, 2));
            rig.add(new Embed(out, rig.weight("table", Shape.of(2, 2), 1, 2, 3, 4), 10));
            Step step = rig.step();
            step.addSequence();
            int first = step.addEmbedding(0, 0);
            step.addToken(1, 1, 1);
            int last = step.addEmbedding(2, 2);
            step.embedding(first).copyFrom(MemorySegment.ofArray(new float[] {0.1f, 0.2f}));
            step.embedding(last).copyFrom(MemorySegment.ofArray(new float[] {0.3f, 0.4f}));

            assertThat(rig.floats(step, out)).containsExactly(0.1f, 0.2f, 30, 40, 0.3f, 0.4f);
        }
    }

    /** A model whose weights make the id after id i that of row i of "next". */
    private static final WeightSource WEIGHTS = name -> switch (name) {
        case "table" -> square(name, 1, 0, 0, /**/ 0, 1, 0, /**/ 0, 0, 1);
        case "next" -> square(name, 0, 1, 0, /**/ 0, 0, 1, /**/ 1, 0, 0); // [next, id]: 0 comes after 1 after 2 after 0
        default -> throw new AssertionError(name);
    };

    private static Tensor square(String name, float... numbers) {
        return new Tensor(name, Format.F32, Shape.of(3, 3), MemorySegment.ofArray(numbers));
    }

    private static PlanSpec decoder() {
        Program.Builder program = Program.builder("decoder");
        Value x = program.result("x", Shape.rows(TOKENS, 3));
        Value rows = program.result("rows", Shape.rows(OUTPUTS, 3));
        Value logits = program.result("logits", Shape.rows(OUTPUTS, 3));
        Value id = program.indices("id", Shape.rows(OUTPUTS));
        program.add(new Embed(x, program.weight("table", Format.F32, Shape.of(3, 3)), 1))
                .add(new Rows(rows, x))
                .add(new MatMul(logits, rows, program.weight("next", Format.F32, Shape.of(3, 3))))
                .add(new ArgMax(id, logits))
                .output(id, Want.ID);
        return new PlanSpec(program.build(), LIMITS, Precision.EXACT);
    }

    private static PlanSpec embedder() {
        Program.Builder program = Program.builder("embedder");
        Value x = program.result("x", Shape.rows(TOKENS, 3));
        program.add(new Embed(x, program.weight("table", Format.F32, Shape.of(3, 3)), 1))
                .output(x);
        return new PlanSpec(program.build(), LIMITS, Precision.EXACT);
    }

    @Test
    void takesTheIdThatThePreviousRunChose() {
        PlanSpec spec = decoder();
        try (Device device = Rig.open();
                Weights weights = device.place(List.of(spec.program()), WEIGHTS, LoadListener.NONE);
                Plan plan = device.prepare(spec, Bindings.NONE.with(weights));
                Step step = new Step(LIMITS)) {
            step.addSequence();
            step.addToken(2, 0, 0);
            step.addToken(1, 1, 1);
            step.addOutput(1, Want.ID.bit());
            step.addOutput(0, Want.ID.bit());
            plan.run(step).await();
            assertThat(ids(plan, 2)).as("after 1, after 2").containsExactly(0, 1);

            for (int[] expected : new int[][] {{0, 2}, {1, 2}, {1, 0}}) { // both swap places each time
                step.clear();
                step.addSequence();
                step.addFeedback(1, 2, 2);
                step.addFeedback(0, 3, 3);
                step.addOutput(0, Want.ID.bit());
                step.addOutput(1, Want.ID.bit());
                plan.run(step).await();
                assertThat(ids(plan, 2)).containsExactly(expected);
            }
        }
    }

    @Test
    void takesTheIdThatAnotherPlanChoseThroughASharedBuffer() {
        PlanSpec decoder = decoder();
        PlanSpec embedder = embedder();
        try (Device device = Rig.open();
                Buffer feedback = device.openBuffer(3 * Integer.BYTES);
                Weights weights =
                        device.place(List.of(decoder.program(), embedder.program()), WEIGHTS, LoadListener.NONE);
                Plan chooses =
                        device.prepare(decoder, Bindings.NONE.with(weights).withFeedback(feedback));
                Plan reads =
                        device.prepare(embedder, Bindings.NONE.with(weights).withFeedback(feedback));
                Step step = new Step(LIMITS)) {
            step.addSequence();
            step.addToken(0, 0, 0);
            step.addToken(1, 1, 1);
            step.addOutput(0, Want.ID.bit());
            step.addOutput(1, Want.ID.bit());
            chooses.run(step).await();

            step.clear();
            step.addSequence();
            step.addFeedback(1, 2, 2);
            step.addFeedback(0, 3, 3);
            reads.run(step).await();

            MemorySegment rows = reads.output("x").asSlice(0, 6 * Float.BYTES);
            assertThat(rows.toArray(ValueLayout.JAVA_FLOAT))
                    .as("after 1, after 0")
                    .containsExactly(1, 0, 0, 0, 0, 1);
        }
    }

    @Test
    void givesNaNForAnIdFedBackThatTheTableLacks() {
        PlanSpec spec = embedder();
        try (Device device = Rig.open();
                Buffer feedback = device.openBuffer(3 * Integer.BYTES);
                Weights weights = device.place(List.of(spec.program()), WEIGHTS, LoadListener.NONE);
                Plan plan = device.prepare(spec, Bindings.NONE.with(weights).withFeedback(feedback));
                Step step = new Step(LIMITS)) {
            feedback.write(0, MemorySegment.ofArray(new int[] {3, -1, 2}));
            step.addSequence();
            for (int row = 0; row < 3; row++) {
                step.addFeedback(row, row, row);
            }
            plan.run(step).await();

            assertThat(plan.output("x").toArray(ValueLayout.JAVA_FLOAT))
                    .containsExactly(Float.NaN, Float.NaN, Float.NaN, Float.NaN, Float.NaN, Float.NaN, 0, 0, 1);
        }
    }

    private static int[] ids(Plan plan, int count) {
        return plan.output("id").asSlice(0, (long) count * Integer.BYTES).toArray(ValueLayout.JAVA_INT);
    }
}
