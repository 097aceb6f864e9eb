package dev.javelin.cuda;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.javelin.api.ArgMax;
import dev.javelin.api.Attention;
import dev.javelin.api.Bindings;
import dev.javelin.api.Device;
import dev.javelin.api.Dim.Symbol;
import dev.javelin.api.Embed;
import dev.javelin.api.Format;
import dev.javelin.api.KvGroup;
import dev.javelin.api.Limits;
import dev.javelin.api.LoadListener;
import dev.javelin.api.MatMul;
import dev.javelin.api.Plan;
import dev.javelin.api.PlanSpec;
import dev.javelin.api.Precision;
import dev.javelin.api.Program;
import dev.javelin.api.Rows;
import dev.javelin.api.Shape;
import dev.javelin.api.StateSpec;
import dev.javelin.api.StateStore;
import dev.javelin.api.Step;
import dev.javelin.api.Tensor;
import dev.javelin.api.Value;
import dev.javelin.api.Want;
import dev.javelin.api.Weights;
import dev.javelin.api.WriteKv;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** A program with an embedding, state, logits and a choice, made ready on a device. Whoever makes it closes it. */
final class SmallProgram implements AutoCloseable {
    static final int MOST_TOKENS = 100;
    private static final int WIDTH = 32;
    private static final int VOCABULARY = 48;
    private static final KvGroup GROUP = new KvGroup("all", 1, 1, WIDTH, WIDTH, 0, Format.F16, Format.F16);
    private static final StateSpec STATES = new StateSpec(128, List.of(new StateSpec.Blocks(GROUP, 4)));
    private static final Limits LIMITS = new Limits(MOST_TOKENS, 1, 2, 128);

    private final Arena arena = Arena.ofShared();
    private final Weights weights;
    private final StateStore states;
    final Plan plan;
    final Step step = new Step(LIMITS, STATES);

    SmallProgram(Device device) {
        Program.Builder builder = Program.builder("small");
        Value table = builder.weight("table", Format.F32, Shape.of(VOCABULARY, WIDTH));
        Value x = builder.result("x", Shape.rows(Symbol.TOKENS, WIDTH));
        Value seen = builder.result("seen", Shape.rows(Symbol.TOKENS, WIDTH));
        Value rows = builder.result("rows", Shape.rows(Symbol.OUTPUTS, WIDTH));
        Value logits = builder.result("logits", Shape.rows(Symbol.OUTPUTS, VOCABULARY));
        Value ids = builder.indices("ids", Shape.rows(Symbol.OUTPUTS));
        Program program = builder.add(new Embed(x, table, 1))
                .add(new WriteKv(x, x, GROUP, 0))
                .add(new Attention(seen, x, GROUP, 0, 0.1f, 0))
                .add(new Rows(rows, seen))
                .add(new MatMul(logits, rows, table))
                .add(new ArgMax(ids, logits))
                .output(logits, Want.LOGITS)
                .output(ids, Want.ID)
                .build();
        Weights placed = null;
        StateStore opened = null;
        try {
            placed = device.place(List.of(program), this::tensor, LoadListener.NONE);
            opened = device.openStates(STATES);
            this.plan = device.prepare(
                    new PlanSpec(program, LIMITS, Precision.EXACT, false),
                    Bindings.NONE.with(placed).with(opened));
            this.weights = placed;
            this.states = opened;
        } catch (RuntimeException failed) {
            if (opened != null) {
                opened.close();
            }
            if (placed != null) {
                placed.close();
            }
            step.close();
            arena.close();
            throw failed;
        }
    }

    private Tensor tensor(String name) {
        MemorySegment memory = arena.allocate(JAVA_FLOAT, (long) VOCABULARY * WIDTH);
        return new Tensor(name, Format.F32, Shape.of(VOCABULARY, WIDTH), memory);
    }

    /** A step of so many tokens, of the last of which something is wanted. */
    void fill(int tokens, Want... wants) {
        step.clear();
        step.addSequence();
        step.setBlock(0, 0, 1);
        int last = 0;
        for (int i = 0; i < tokens; i++) {
            last = step.addToken(3 + i % 40, i, i);
        }
        step.addOutput(last, Want.bits(wants));
    }

    /** Runs a step and waits for it. */
    void run(int tokens, Want... wants) {
        fill(tokens, wants);
        plan.run(step).await();
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
