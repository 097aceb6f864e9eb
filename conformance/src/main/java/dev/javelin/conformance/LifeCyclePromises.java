package dev.javelin.conformance;

import dev.javelin.api.Bindings;
import dev.javelin.api.Buffer;
import dev.javelin.api.Device;
import dev.javelin.api.Format;
import dev.javelin.api.KvGroup;
import dev.javelin.api.Limits;
import dev.javelin.api.LoadListener;
import dev.javelin.api.MemoryUse;
import dev.javelin.api.StateSpec;
import dev.javelin.api.StateStore;
import dev.javelin.api.StepColumn.Source;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/** Closing, closing twice, and use after close: an {@link IllegalStateException}, never a crash. */
final class LifeCyclePromises {

    static final StateSpec STATES = new StateSpec(
            4, List.of(new StateSpec.Blocks(new KvGroup("layers", 1, 1, 32, 32, 0, Format.F32, Format.F16), 3)));

    private static final long BYTES = 64;

    private LifeCyclePromises() {}

    static List<Promise> all() {
        return List.of(
                promise("closing twice is harmless", LifeCyclePromises::twice),
                promise("what is closed is counted out", LifeCyclePromises::counted),
                promise("a closed buffer throws", LifeCyclePromises::buffer),
                promise("closed states throw", LifeCyclePromises::states),
                promise("a closed plan throws", LifeCyclePromises::plan),
                promise("a plan cannot run when its weights are closed", LifeCyclePromises::weightsOfPlan),
                promise("a plan cannot run when its input is closed", LifeCyclePromises::inputOfPlan),
                promise("a plan cannot run when its states are closed", LifeCyclePromises::statesOfPlan),
                promise("a plan cannot run a closed step", LifeCyclePromises::step),
                promise("nothing closed can be bound", LifeCyclePromises::binding),
                promise("a closed device throws", LifeCyclePromises::device),
                promise("closing a device closes all that is open on it", LifeCyclePromises::everything),
                promise("two devices do not know each other", LifeCyclePromises::twoDevices));
    }

    private static Promise promise(String name, Promise.Body body) {
        return new Promise("life cycle", name, body);
    }

    private static void twice(DeviceOpener opener) {
        Device device = opener.open();
        Rig rig = new Rig(device);
        StateStore states = device.openStates(STATES);
        rig.run(1);
        for (int i = 0; i < 2; i++) {
            rig.plan.close();
            rig.input.close();
            rig.weights.close();
            states.close();
            rig.step.close();
        }
        rig.close();
        Claim.that(device.memoryUse().open() == 0, "nothing is open: %s", device.memoryUse());
        device.close();
        device.close();
    }

    private static void counted(DeviceOpener opener) {
        try (Device device = opener.open()) {
            MemoryUse none = device.memoryUse();
            Claim.that(none.open() == 0 && none.total() == 0, "a new device has nothing open: %s", none);
            Rig rig = new Rig(device);
            StateStore states = device.openStates(STATES);
            MemoryUse all = device.memoryUse();
            Claim.that(
                    all.open() == 4
                            && all.weights() == rig.weights.bytes()
                            && all.states() > 0
                            && all.buffers() >= rig.input.bytes()
                            && all.plans() > 0,
                    "weights, states, a buffer and a plan are open: %s",
                    all);
            states.close();
            rig.close();
            Claim.that(device.memoryUse().equals(none), "nothing is open again: %s", device.memoryUse());
        }
    }

    private static void closed(String what, Claim.Action action) {
        IllegalStateException thrown = Claim.refuses(IllegalStateException.class, what, action);
        Claim.that(thrown.getMessage() != null && !thrown.getMessage().isBlank(), "%s must say why", what);
    }

    private static void buffer(DeviceOpener opener) {
        try (Device device = opener.open();
                Arena arena = Arena.ofConfined()) {
            Buffer buffer = device.openBuffer(BYTES);
            buffer.close();
            MemorySegment memory = arena.allocate(BYTES);
            closed("writing to a closed buffer", () -> buffer.write(0, memory));
            closed("reading from a closed buffer", () -> buffer.read(0, memory));
        }
    }

    private static void states(DeviceOpener opener) {
        try (Device device = opener.open();
                Arena arena = Arena.ofConfined()) {
            StateStore states = device.openStates(STATES);
            states.close();
            MemorySegment block =
                    arena.allocate(STATES.groups().getFirst().group().blockBytes(STATES.blockTokens()));
            closed("copying a block of closed states", () -> states.copyBlock(0, 0, 1));
            closed("exporting a block of closed states", () -> states.exportBlock(0, 0, block));
            closed("importing a block of closed states", () -> states.importBlock(0, 0, block));
        }
    }

    private static void plan(DeviceOpener opener) {
        try (Device device = opener.open();
                Rig rig = new Rig(device)) {
            rig.run(1);
            MemorySegment output = rig.plan.output("out");
            rig.plan.close();
            closed("running a closed plan", () -> rig.plan.run(rig.step));
            closed("asking a closed plan for an output", () -> rig.plan.output("out"));
            closed("reading an output of a closed plan", () -> Rig.bits(output, 1));
        }
    }

    private static void weightsOfPlan(DeviceOpener opener) {
        try (Device device = opener.open();
                Rig rig = new Rig(device)) {
            rig.run(1);
            rig.weights.close();
            closed("running a plan whose weights are closed", () -> rig.plan.run(rig.step));
        }
    }

    private static void inputOfPlan(DeviceOpener opener) {
        try (Device device = opener.open();
                Rig rig = new Rig(device)) {
            rig.run(1);
            rig.input.close();
            closed("running a plan whose input is closed", () -> rig.plan.run(rig.step));
        }
    }

    private static void statesOfPlan(DeviceOpener opener) {
        TinyModel model = new TinyModel(Format.F32, Format.F32, false);
        Limits limits = new Limits(1, 1, 1, 4);
        Turn.Part part = new Turn.Part(0, 0, List.of(new Turn.NewToken(Source.ID, 1, 0)), List.of());
        try (Device device = opener.open();
                Session session = new Session(device, model, limits, false, null)) {
            session.run(Turn.of(List.of(part), List.of()));
            session.states.close();
            closed("running a plan whose states are closed", () -> session.plan.run(session.step));
        }
    }

    private static void step(DeviceOpener opener) {
        try (Device device = opener.open();
                Rig rig = new Rig(device)) {
            int[] before = rig.run(1);
            rig.step.close();
            closed("running a closed step", () -> rig.plan.run(rig.step));
            Claim.that(Arrays.equals(before, rig.result()), "a step that is refused changes nothing");
        }
    }

    private static void binding(DeviceOpener opener) {
        try (Device device = opener.open();
                Rig rig = new Rig(device)) {
            Bindings bindings = rig.bindings();
            rig.input.close();
            closed(
                    "preparing with a closed buffer",
                    () -> device.prepare(Rig.SPEC, bindings).close());
            Buffer other = device.openBuffer(Rig.inputBytes());
            rig.weights.close();
            closed(
                    "preparing with closed weights",
                    () -> device.prepare(Rig.SPEC, bindings.with("x", other)).close());
            other.close();
        }
    }

    private static void device(DeviceOpener opener) {
        Device device = opener.open();
        Rig.requireSupport(device).close();
        try (Arena arena = Arena.ofShared()) {
            closed(
                    "opening a buffer on a closed device",
                    () -> device.openBuffer(BYTES).close());
            closed(
                    "opening states on a closed device",
                    () -> device.openStates(STATES).close());
            closed(
                    "placing weights on a closed device",
                    () -> device.place(List.of(Rig.PROGRAM), Rig.source(arena), LoadListener.NONE)
                            .close());
            closed(
                    "preparing on a closed device",
                    () -> device.prepare(Rig.SPEC, Bindings.NONE).close());
        }
    }

    private static void everything(DeviceOpener opener) {
        Device device = opener.open();
        Rig rig = new Rig(device);
        StateStore states = device.openStates(STATES);
        rig.run(1);
        MemorySegment output = rig.plan.output("out");
        device.close();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(BYTES);
            closed("writing to a buffer of a closed device", () -> rig.input.write(0, memory));
            closed("running a plan of a closed device", () -> rig.plan.run(rig.step));
            closed("reading an output of a closed device", () -> Rig.bits(output, 1));
            closed("copying a block of a closed device", () -> states.copyBlock(0, 0, 1));
        }
        states.close();
        rig.close();
    }

    private static void twoDevices(DeviceOpener opener) {
        try (Device one = opener.open();
                Rig rig = new Rig(one)) {
            int[] expected = rig.run(1);
            Device other = opener.open();
            try (Rig more = new Rig(other)) {
                Claim.that(Arrays.equals(expected, more.run(1)), "the same work gives the same on both");
                Claim.refuses(
                        IllegalArgumentException.class,
                        "binding a buffer of another device",
                        () -> one.prepare(Rig.SPEC, rig.bindings().with("x", more.input))
                                .close());
                Claim.refuses(
                        IllegalArgumentException.class,
                        "binding weights of another device",
                        () -> one.prepare(Rig.SPEC, rig.bindings().with(more.weights))
                                .close());
                Claim.that(one.memoryUse().open() == 3, "what is refused leaves nothing open: %s", one.memoryUse());
            }
            other.close();
            Claim.that(Arrays.equals(expected, rig.run(1)), "closing one device does not touch the other");
        }
    }
}
