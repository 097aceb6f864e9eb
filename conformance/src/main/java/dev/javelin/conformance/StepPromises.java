package dev.javelin.conformance;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.javelin.api.Device;
import dev.javelin.api.Format;
import dev.javelin.api.Limits;
import dev.javelin.api.StateSpec;
import dev.javelin.api.Step;
import dev.javelin.api.StepColumn;
import dev.javelin.api.StepColumn.Source;
import dev.javelin.api.Want;
import dev.javelin.conformance.Turn.NewToken;
import dev.javelin.conformance.Turn.Part;
import dev.javelin.conformance.Turn.Wanted;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A step that breaks a rule is refused before anything runs, whichever rule it is. */
final class StepPromises {

    private static final TinyModel MODEL = new TinyModel(Format.F32, Format.F16, true);
    private static final int TOKENS = 6;
    private static final int CONTEXT = 24;
    private static final Limits LIMITS = new Limits(TOKENS, 3, 2, CONTEXT);
    /** For steps that hold more than the plan takes. */
    private static final Limits WIDER =
            new Limits(20, 8, 8, 60, new Limits.Extras(MODEL.width, TinyModel.VOCABULARY, 4, true));

    /** Two tokens of one sequence behind three old ones, and one of another, with an output row each. */
    private static final Turn GOOD = Turn.of(
            List.of(part(0, 3, 7, 9), part(1, 0, 11)),
            List.of(new Wanted(1, Want.LOGITS, Want.ID), new Wanted(2, Want.LOGITS)));

    private static final Turn BEFORE = Turn.of(List.of(part(0, 0, 1, 2, 3)), List.of());

    /**
     * A broken step: the good one, and then something that must not be.
     *
     * @param wide whether the step is made for wider limits than the plan's, or it could not hold what is wrong
     */
    private record Wrong(String what, boolean wide, Consumer<Step> spoil) {}

    private StepPromises() {}

    static List<Promise> all() {
        return List.of(
                new Promise("steps", "a step that breaks a rule is refused, and nothing is run", StepPromises::refused),
                new Promise("steps", "a step made for another state is refused", StepPromises::otherState),
                new Promise("steps", "a step without outputs keeps its tokens", StepPromises::noOutputs));
    }

    private static Part part(int sequence, int from, int... ids) {
        List<NewToken> tokens = new java.util.ArrayList<>();
        for (int i = 0; i < ids.length; i++) {
            tokens.add(new NewToken(Source.ID, ids[i], from + i));
        }
        return new Part(sequence, from, tokens, List.of());
    }

    private static Wrong wrong(String what, Consumer<Step> spoil) {
        return new Wrong(what, false, spoil);
    }

    private static Wrong wide(String what, Consumer<Step> spoil) {
        return new Wrong(what, true, spoil);
    }

    /** Writes a number past the methods of the step. */
    private static Consumer<Step> raw(StepColumn column, int row, int value) {
        return step -> {
            long at = step.layout().offset(column) + row * step.layout().rowBytes(column);
            step.memory().set(JAVA_INT, at, value);
        };
    }

    private static List<Wrong> wrongs() {
        return List.of(
                wrong("no tokens", Step::clear),
                wrong("a sequence without tokens", Step::addSequence),
                wrong("an id beyond the table", raw(StepColumn.TOKEN, 0, TinyModel.VOCABULARY)),
                wrong("a negative id", raw(StepColumn.TOKEN, 2, -1)),
                wrong("a negative position", raw(StepColumn.POSITION, 1, -1)),
                wrong("a gap in the KV indices", raw(StepColumn.KV_INDEX, 1, 5)),
                wrong("KV indices that go down", raw(StepColumn.KV_INDEX, 1, 2)),
                wrong("a negative KV index", raw(StepColumn.KV_INDEX, 2, -1)),
                wrong("a KV index beyond the context", raw(StepColumn.KV_INDEX, 2, CONTEXT)),
                wrong("a token of another sequence", raw(StepColumn.SEQUENCE, 1, 1)),
                wrong("a sequence that begins elsewhere", raw(StepColumn.FIRST, 1, 1)),
                wrong("a sequence with more tokens than there are", raw(StepColumn.COUNT, 1, 2)),
                wrong("a sequence with fewer tokens than there are", raw(StepColumn.COUNT, 0, 1)),
                wrong("a missing block", raw(StepColumn.BLOCKS, 0, -1)),
                wrong("a block that is not there", raw(StepColumn.BLOCKS, 0, Session.BLOCKS)),
                wrong("an adapter", raw(StepColumn.ADAPTER, 0, 1)),
                wrong("an output of no token", raw(StepColumn.OUTPUT_TOKEN, 0, 3)),
                wrong("a feedback row that is not there", step -> step.addFeedback(LIMITS.outputs(), 1, 1)),
                wrong("a negative feedback row", step -> step.addFeedback(-1, 1, 1)),
                wide("more tokens than the plan takes", step -> {
                    for (int i = 1; i <= TOKENS; i++) {
                        step.addToken(1, i, i);
                    }
                }),
                wide("more sequences than the plan takes", step -> {
                    for (int i = 0; i < 2; i++) {
                        step.addSequence();
                        step.setBlock(0, 0, 30 + i);
                        step.setBlock(1, 0, 30 + i);
                        step.addToken(1, 0, 0);
                    }
                }),
                wide("more outputs than the plan takes", step -> step.addOutput(0, Want.bits(Want.LOGITS))),
                wide("an embedding that the plan was not prepared for", step -> step.addEmbedding(1, 1)),
                wide("a mask that the plan was not prepared for", step -> step.mask(0)),
                wide("a bias that the plan was not prepared for", step -> step.bias(0, 1, 1)),
                wide("a tree that the plan was not prepared for", Step::tree));
    }

    private static void refused(DeviceOpener opener) {
        try (Device device = opener.open();
                Session session = new Session(device, MODEL, LIMITS, false, null);
                Step wider = new Step(WIDER, session.states.spec())) {
            session.run(BEFORE);
            Map<String, Snapshot> good = session.run(GOOD);
            List<MemorySegment> blocks = session.blocks();
            for (Wrong wrong : wrongs()) {
                Step step = wrong.wide() ? wider : session.step;
                Claim.refuses(IllegalArgumentException.class, "a step with " + wrong.what(), () -> {
                    StepScribe.write(step, GOOD, MODEL.contents(), session.tables());
                    wrong.spoil().accept(step);
                    session.plan.run(step).await();
                });
                same(good, session.outputs(GOOD), "outputs stay as they were after a step with " + wrong.what());
                List<MemorySegment> after = session.blocks();
                for (int i = 0; i < blocks.size(); i++) {
                    Claim.that(
                            blocks.get(i).mismatch(after.get(i)) < 0,
                            "no block changes after a step with %s: block=%d",
                            wrong.what(),
                            i);
                }
            }
            StepScribe.write(wider, GOOD, MODEL.contents(), session.tables());
            session.plan.run(wider).await();
            same(good, session.outputs(GOOD), "a right step gives what it gave before");
        }
    }

    static void same(Map<String, Snapshot> expected, Map<String, Snapshot> found, String claim) {
        expected.forEach((name, snapshot) -> {
            Snapshot other = java.util.Objects.requireNonNull(found.get(name));
            Claim.that(
                    snapshot.size() == other.size() && snapshot.sameBits(other, 0, snapshot.size()),
                    "%s: output=%s",
                    claim,
                    name);
        });
    }

    private static void otherState(DeviceOpener opener) {
        TinyModel other = new TinyModel(Format.F32, Format.F16, false);
        StateSpec longer = new StateSpec(8, Session.states(other).groups());
        StateSpec fewer = new StateSpec(
                Session.BLOCK_TOKENS, Session.states(other).groups().subList(0, 1));
        StateSpec turned = new StateSpec(
                Session.BLOCK_TOKENS, Session.states(other).groups().reversed());
        try (Device device = opener.open();
                Session session = new Session(device, MODEL, LIMITS, false, null)) {
            for (StateSpec spec : List.of(longer, fewer, turned)) {
                try (Step step = new Step(LIMITS, spec)) {
                    StepScribe.write(step, BEFORE, MODEL.contents(), new BlockTables(spec, 1));
                    Claim.refuses(
                            IllegalArgumentException.class,
                            "a step made for " + spec,
                            () -> session.plan.run(step).await());
                }
            }
            try (Step step = new Step(LIMITS)) {
                StepScribe.write(step, BEFORE, MODEL.contents(), null);
                Claim.refuses(
                        IllegalArgumentException.class,
                        "a step without block tables",
                        () -> session.plan.run(step).await());
            }
        }
    }

    private static void noOutputs(DeviceOpener opener) {
        try (Device device = opener.open();
                Session one = new Session(device, MODEL, LIMITS, false, null);
                Session other = new Session(device, MODEL, LIMITS, false, null)) {
            one.run(BEFORE);
            Turn wanted = Turn.of(BEFORE.parts(), List.of(new Wanted(0, Want.LOGITS), new Wanted(2, Want.ID)));
            other.run(wanted);
            same(one.run(GOOD), other.run(GOOD), "what was wanted of older tokens does not matter");
        }
    }
}
