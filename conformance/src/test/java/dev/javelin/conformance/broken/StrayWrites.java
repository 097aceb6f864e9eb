package dev.javelin.conformance.broken;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.javelin.api.Bindings;
import dev.javelin.api.Buffer;
import dev.javelin.api.Completion;
import dev.javelin.api.Output;
import dev.javelin.api.Plan;
import dev.javelin.api.StateStore;
import dev.javelin.api.Step;
import dev.javelin.api.Value;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Runs that write where they should not, one byte each. They add to it, so that two runs do not undo each other. */
final class StrayWrites {

    private StrayWrites() {}

    /** Does the damage after a run. */
    @FunctionalInterface
    private interface Stray {
        void write(Plan plan, Bindings bindings, List<Buffer> opened);
    }

    static List<DeviceFault> all() {
        return List.of(
                fault("Scale", "writes behind a bound output", (plan, bindings, opened) -> {
                    for (Output output : plan.spec().program().outputs()) {
                        behind(plan, bindings, output.value());
                    }
                }),
                fault(
                        "Scale",
                        "writes behind an input",
                        (plan, bindings, opened) -> plan.spec()
                                .program()
                                .inputs()
                                .values()
                                .forEach(input -> behind(plan, bindings, input))),
                fault(
                        "Scale",
                        "writes to an input",
                        (plan, bindings, opened) -> plan.spec()
                                .program()
                                .inputs()
                                .keySet()
                                .forEach(input -> add(
                                        Objects.requireNonNull(
                                                bindings.buffers().get(input)),
                                        0))),
                fault(
                        "Scale",
                        "writes to the end of the buffer opened before a bound one",
                        (plan, bindings, opened) -> beside(bindings, opened, -1)),
                fault(
                        "Scale",
                        "writes to the start of the buffer opened after a bound one",
                        (plan, bindings, opened) -> beside(bindings, opened, 1)),
                fault("Attention", "writes to a block that no sequence has", (plan, bindings, opened) -> {
                    StateStore states = bindings.states();
                    if (states != null) {
                        for (int block = 0;
                                block < states.spec().groups().getFirst().count();
                                block++) {
                            add(states, block);
                        }
                    }
                }));
    }

    private static DeviceFault fault(String where, String name, Stray stray) {
        return new DeviceFault(where, name, () -> new RelayDevice() {
            private final List<Buffer> opened = new ArrayList<>();

            @Override
            public Buffer openBuffer(long bytes) {
                Buffer buffer = super.openBuffer(bytes);
                opened.add(buffer);
                return buffer;
            }

            @Override
            Plan relay(Plan plan, Bindings bindings) {
                return new RelayPlan(plan) {
                    @Override
                    public Completion run(Step step) {
                        Completion run = right.run(step);
                        stray.write(right, bindings, opened);
                        return run;
                    }
                };
            }
        });
    }

    private static void behind(Plan plan, Bindings bindings, Value value) {
        Buffer buffer = bindings.buffers().get(value.name());
        long end = value.bytes(plan.spec().limits());
        if (buffer != null && buffer.bytes() > end) {
            add(buffer, end);
        }
    }

    private static void beside(Bindings bindings, List<Buffer> opened, int side) {
        for (Buffer bound : bindings.buffers().values()) {
            int index = opened.indexOf(bound) + side;
            if (index >= 0 && index < opened.size()) {
                Buffer neighbour = opened.get(index);
                add(neighbour, side < 0 ? neighbour.bytes() - 1 : 0);
            }
        }
    }

    private static void add(Buffer buffer, long at) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment one = arena.allocate(1);
            buffer.read(at, one);
            one.set(JAVA_BYTE, 0, (byte) (one.get(JAVA_BYTE, 0) + 1));
            buffer.write(at, one);
        }
    }

    private static void add(StateStore states, int block) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(states.spec()
                    .groups()
                    .getFirst()
                    .group()
                    .blockBytes(states.spec().blockTokens()));
            states.exportBlock(0, block, bytes);
            long last = bytes.byteSize() - 1;
            bytes.set(JAVA_BYTE, last, (byte) (bytes.get(JAVA_BYTE, last) + 1));
            states.importBlock(0, block, bytes);
        }
    }
}
