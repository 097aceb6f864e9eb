package dev.javelin.api;

import dev.javelin.api.Dim.Symbol;
import java.util.ArrayList;
import java.util.List;

/** A program in which a step could go wrong in every way there is, and what it is bound to. */
final class StepRulesFixture {
    static final int VOCABULARY = 100;
    static final int WIDTH = 4;
    static final Limits.Extras EXTRAS = new Limits.Extras(WIDTH, VOCABULARY, 3, true);
    static final Limits LIMITS = new Limits(40, 3, 4, 40, EXTRAS);
    static final KvGroup FULL = group("full", 0);
    static final KvGroup WINDOWED = group("windowed", 8);
    static final KvGroup UNUSED = group("unused", 0);
    static final StateSpec STATES = states(4, 30, 20);

    private StepRulesFixture() {}

    static KvGroup group(String name, int window) {
        return new KvGroup(name, 1, 1, WIDTH, WIDTH, window, Format.F32, Format.F32);
    }

    static StateSpec states(int blockTokens, int full, int windowed) {
        return new StateSpec(
                blockTokens,
                List.of(
                        new StateSpec.Blocks(FULL, full),
                        new StateSpec.Blocks(UNUSED, 1),
                        new StateSpec.Blocks(WINDOWED, windowed)));
    }

    /** Two tables of which the second is smaller, two groups, and a choice among all ids but the last ten. */
    static Program program() {
        Program.Builder program = Program.builder("p");
        Value x = program.result("x", Shape.rows(Symbol.TOKENS, WIDTH));
        Value other = program.result("other", Shape.rows(Symbol.TOKENS, WIDTH));
        Value sum = program.result("sum", Shape.rows(Symbol.TOKENS, WIDTH));
        Value mixed = program.result("mixed", Shape.rows(Symbol.TOKENS, WIDTH));
        Value mixedAgain = program.result("mixed again", Shape.rows(Symbol.TOKENS, WIDTH));
        Value rows = program.result("rows", Shape.rows(Symbol.OUTPUTS, WIDTH));
        Value logits = program.result("logits", Shape.rows(Symbol.OUTPUTS, VOCABULARY - 10));
        Value ids = program.indices("ids", Shape.rows(Symbol.OUTPUTS));
        return program.add(new Embed(x, program.weight("large", Format.F32, Shape.of(VOCABULARY + 7, WIDTH)), 1))
                .add(new Embed(other, program.weight("small", Format.F32, Shape.of(VOCABULARY, WIDTH)), 1))
                .add(new Binary(sum, Binary.Kind.ADD, x, other))
                .add(new WriteKv(sum, x, FULL, 0))
                .add(new Attention(mixed, sum, FULL, 0, 1, 0))
                .add(new WriteKv(mixed, x, WINDOWED, 0))
                .add(new Attention(mixedAgain, mixed, WINDOWED, 0, 1, 0))
                .add(new Rows(rows, mixedAgain))
                .add(new MatMul(logits, rows, program.weight("out", Format.F32, Shape.of(VOCABULARY - 10, WIDTH))))
                .add(new ArgMax(ids, logits))
                .output(ids, Want.ID)
                .build();
    }

    static StepRules rules(Limits limits) {
        return new StepRules(
                new PlanSpec(program(), limits, Precision.EXACT), Bindings.NONE.with(Bound.states(STATES)));
    }

    /** Rules for steps of plain tokens, without state. */
    static StepRules stateless(Limits limits, List<Op> ops, Bindings bindings) {
        return new StepRules(new PlanSpec(new Program("q", ops, List.of()), limits, Precision.EXACT), bindings);
    }

    /** Begins a sequence with blocks for the tokens of these KV indices, and no others. */
    static void begin(Step step, int from, int to) {
        int sequence = step.addSequence();
        int blockTokens = STATES.blockTokens();
        for (int i = 0; i < Math.ceilDiv(to, blockTokens); i++) {
            step.setBlock(0, i, sequence * 10 + i);
            if (i >= (from - WINDOWED.window() + 1) / blockTokens) {
                step.setBlock(2, i, i);
            }
        }
    }

    /** A sequence with new tokens at these KV indices. */
    static void sequence(Step step, int from, int to) {
        begin(step, from, to);
        for (int i = from; i < to; i++) {
            step.addToken(i, i, i);
        }
    }

    /** A step with one of everything that it may carry. */
    static void fill(Step step) {
        step.clear();
        sequence(step, 20, 25);
        begin(step, 0, 6);
        List<Integer> added = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            added.add(step.addToken(i, i, i));
        }
        added.add(step.addFeedback(3, 4, 4));
        added.add(step.addEmbedding(5, 5));
        step.tree();
        step.see(added.get(5), added.get(2));
        step.addOutput(4, Want.ID.bit());
        step.addOutput(9, Want.ID.bit());
        step.mask(1);
        step.allow(1, VOCABULARY - 1);
        step.bias(0, VOCABULARY - 11, 1);
        step.bias(1, 0, -1);
    }
}
