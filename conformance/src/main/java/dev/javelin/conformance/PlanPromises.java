package dev.javelin.conformance;

import dev.javelin.api.Binary;
import dev.javelin.api.Bindings;
import dev.javelin.api.Buffer;
import dev.javelin.api.Completion;
import dev.javelin.api.Device;
import dev.javelin.api.Dim;
import dev.javelin.api.Format;
import dev.javelin.api.Limits;
import dev.javelin.api.Op;
import dev.javelin.api.OpTime;
import dev.javelin.api.Plan;
import dev.javelin.api.PlanSpec;
import dev.javelin.api.Precision;
import dev.javelin.api.Program;
import dev.javelin.api.Scale;
import dev.javelin.api.Shape;
import dev.javelin.api.Step;
import dev.javelin.api.StepColumn.Source;
import dev.javelin.api.Value;
import dev.javelin.api.Want;
import dev.javelin.conformance.Turn.NewToken;
import dev.javelin.conformance.Turn.Part;
import dev.javelin.conformance.Turn.Wanted;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Plans: profiling, completions, buffers and ids that several plans share. */
final class PlanPromises {

    private PlanPromises() {}

    static List<Promise> all() {
        return List.of(
                promise("profiling tells the time of each operation and changes nothing", PlanPromises::profile),
                promise("a completion speaks of the latest run", PlanPromises::completion),
                promise("an output of one plan is an input of another", PlanPromises::chained),
                promise("plans do not share the memory of their outputs", PlanPromises::ownOutputs),
                promise("plans share the ids that they choose", PlanPromises::feedback),
                promise("an output keeps its place, and those bound elsewhere have none", PlanPromises::outputs));
    }

    private static Promise promise(String name, Promise.Body body) {
        return new Promise("plans", name, body);
    }

    private static void profile(DeviceOpener opener) {
        try (Device device = opener.open();
                Rig plain = new Rig(device);
                Rig profiled = new Rig(device, new PlanSpec(Rig.PROGRAM, Rig.LIMITS, Precision.EXACT, true))) {
            int[] expected = plain.run(1);
            Claim.that(plain.plan.profile().isEmpty(), "a plan that is not profiled has no times");
            for (int i = 0; i < 3; i++) {
                Claim.that(Arrays.equals(expected, profiled.run(1)), "profiling does not change the numbers");
            }
            List<OpTime> times = profiled.plan.profile();
            List<Op> ops =
                    times.stream().flatMap(time -> Programs.flat(time.op())).toList();
            Claim.that(
                    ops.equals(Programs.flat(Rig.PROGRAM)),
                    "the profile has all operations in order: profile=%s",
                    times);
            Claim.that(
                    times.stream().allMatch(time -> time.runs() == 3 && time.nanos() >= 0)
                            && times.stream().mapToLong(OpTime::nanos).sum() > 0,
                    "each operation ran three times and took some time: profile=%s",
                    times);
        }
    }

    private static void completion(DeviceOpener opener) {
        try (Device device = opener.open();
                Rig rig = new Rig(device)) {
            rig.feed(1);
            Completion first = rig.plan.run(rig.step);
            first.await();
            Claim.that(first.done() && first.await(0), "a run that was waited for has ended");
            int[] one = rig.result();
            rig.feed(2);
            Completion second = rig.plan.run(rig.step);
            Claim.that(second.equals(first), "a plan has one completion for all its runs");
            Claim.that(second.await(Promise.LONGEST.toNanos()), "a small run ends in time");
            Claim.that(!Arrays.equals(one, rig.result()), "the output is that of the latest run");
            Thread.currentThread().interrupt();
            rig.plan.run(rig.step).await();
            Claim.that(Thread.interrupted(), "an interrupt does not shorten the wait, and is passed on");
            Claim.that(first.done(), "the run has ended");
        }
    }

    private static void chained(DeviceOpener opener) {
        Program.Builder doubling = Program.builder("doubling");
        Value x = doubling.input("x", Format.F32, Shape.rows(Dim.Symbol.TOKENS, Rig.WIDTH));
        Value out = doubling.result("y", Shape.rows(Dim.Symbol.TOKENS, Rig.WIDTH));
        Program first = doubling.add(new Scale(out, x, 2)).output(out).build();
        Program.Builder adding = Program.builder("adding");
        Value y = adding.input("y", Format.F32, Shape.rows(Dim.Symbol.TOKENS, Rig.WIDTH));
        Value z = adding.result("z", Shape.rows(Dim.Symbol.TOKENS, Rig.WIDTH));
        Program second =
                adding.add(new Binary(z, Binary.Kind.ADD, y, y)).output(z).build();
        try (Device device = opener.open();
                Rig rig = new Rig(device);
                Buffer between = device.openBuffer(Rig.inputBytes());
                Arena arena = Arena.ofConfined()) {
            for (Op op : List.of(first.ops().getFirst(), second.ops().getFirst())) {
                if (!device.supports(op)) {
                    throw new Promise.Unsupported("needs " + op.summary());
                }
            }
            rig.feed(3);
            MemorySegment fed = arena.allocate(Rig.inputBytes(), Float.BYTES);
            rig.input.read(0, fed);
            try (Plan one = device.prepare(
                            new PlanSpec(first, Rig.LIMITS, Precision.EXACT),
                            Bindings.NONE.with("x", rig.input).with("y", between));
                    Plan other = device.prepare(
                            new PlanSpec(second, Rig.LIMITS, Precision.EXACT), Bindings.NONE.with("y", between))) {
                one.run(rig.step); // not waited for: what follows on the same thread comes after it
                other.run(rig.step).await();
                MemorySegment found = other.output("z");
                for (int i = 0; i < Rig.ROWS * Rig.WIDTH; i++) {
                    float wanted = 4 * fed.getAtIndex(java.lang.foreign.ValueLayout.JAVA_FLOAT, i);
                    float is = found.getAtIndex(java.lang.foreign.ValueLayout.JAVA_FLOAT, i);
                    Claim.that(
                            is == wanted, "the second plan sees what the first wrote: index=%d, %s, %s", i, wanted, is);
                }
            }
        }
    }

    private static void ownOutputs(DeviceOpener opener) {
        try (Device device = opener.open();
                Rig one = new Rig(device);
                Rig other = new Rig(device)) {
            int[] expected = one.run(1);
            other.run(2);
            Claim.that(Arrays.equals(expected, one.result()), "an output lasts until the next run of its own plan");
        }
    }

    private static Turn turn(int from, List<Wanted> wanted, NewToken... tokens) {
        return Turn.of(List.of(new Part(0, from, List.of(tokens), List.of())), wanted);
    }

    private static void feedback(DeviceOpener opener) {
        TinyModel model = new TinyModel(Format.F32, Format.F32, true);
        Limits limits = new Limits(4, 1, 2, 16);
        Turn prompt = turn(
                0,
                List.of(new Wanted(1, Want.LOGITS, Want.ID), new Wanted(2, Want.LOGITS, Want.ID)),
                new NewToken(Source.ID, 5, 0),
                new NewToken(Source.ID, 6, 1),
                new NewToken(Source.ID, 7, 2));
        List<Wanted> wanted = List.of(new Wanted(0, Want.LOGITS, Want.ID));
        try (Device device = opener.open();
                Buffer ids = device.openBuffer(Format.I32.bytes(limits.outputs()));
                Session first = new Session(device, model, limits, false, ids);
                Session second = new Session(device, model, limits, false, ids);
                Session apart = new Session(device, model, limits, false, null)) {
            int chosen =
                    (int) java.util.Objects.requireNonNull(first.run(prompt).get("ids"))
                            .at(1);
            Map<String, Snapshot> byRow = second.run(turn(0, wanted, new NewToken(Source.FEEDBACK, 1, 0)));
            Map<String, Snapshot> byId = apart.run(turn(0, wanted, new NewToken(Source.ID, chosen, 0)));
            StepPromises.same(byId, byRow, "a row of the run before stands for the id that it chose");
            int next = (int) java.util.Objects.requireNonNull(byRow.get("ids")).at(0);
            Map<String, Snapshot> own = second.run(turn(1, wanted, new NewToken(Source.FEEDBACK, 0, 1)));
            Map<String, Snapshot> given = apart.run(turn(1, wanted, new NewToken(Source.ID, next, 1)));
            StepPromises.same(given, own, "it is the latest run that counts");
        }
    }

    private static void outputs(DeviceOpener opener) {
        try (Device device = opener.open();
                Rig rig = new Rig(device);
                Buffer elsewhere = device.openBuffer(Rig.inputBytes());
                Step step = new Step(Rig.LIMITS)) {
            MemorySegment before = rig.plan.output("out");
            rig.run(1);
            MemorySegment after = rig.plan.output("out");
            Claim.that(before.equals(after), "an output keeps its place");
            Claim.that(
                    after.byteSize() >= Rig.inputBytes(),
                    "an output holds all rows of the limits: %d",
                    after.byteSize());
            Claim.refuses(
                    IllegalArgumentException.class,
                    "asking for an output that is not there",
                    () -> rig.plan.output("x"));
            try (Plan bound = device.prepare(Rig.SPEC, rig.bindings().with("out", elsewhere))) {
                Claim.refuses(
                        IllegalArgumentException.class,
                        "asking for an output that is bound",
                        () -> bound.output("out"));
                Rig.fill(step);
                bound.run(step).await();
                try (Arena arena = Arena.ofConfined()) {
                    MemorySegment found = arena.allocate(Rig.inputBytes(), Float.BYTES);
                    elsewhere.read(0, found);
                    Claim.that(
                            Arrays.equals(rig.result(), Rig.bits(found, Rig.ROWS * Rig.WIDTH)),
                            "a bound output holds what one of the plan's own holds");
                }
            }
        }
    }
}
