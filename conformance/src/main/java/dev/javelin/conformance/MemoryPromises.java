package dev.javelin.conformance;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.javelin.api.Bindings;
import dev.javelin.api.Buffer;
import dev.javelin.api.Device;
import dev.javelin.api.DeviceMemoryException;
import dev.javelin.api.Dim;
import dev.javelin.api.Embed;
import dev.javelin.api.Format;
import dev.javelin.api.KvGroup;
import dev.javelin.api.Limits;
import dev.javelin.api.LoadListener;
import dev.javelin.api.MemoryUse;
import dev.javelin.api.PlanSpec;
import dev.javelin.api.Precision;
import dev.javelin.api.Program;
import dev.javelin.api.Shape;
import dev.javelin.api.StateSpec;
import dev.javelin.api.StateStore;
import dev.javelin.api.Value;
import dev.javelin.api.Weights;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Buffers and states: what new ones hold, sizes that make no sense, and more than there is. */
final class MemoryPromises {

    private static final long BYTES = 1000;

    private MemoryPromises() {}

    static List<Promise> all() {
        return List.of(
                promise("a buffer holds zeros, then what was written", MemoryPromises::buffer),
                promise("a buffer needs at least one byte", MemoryPromises::empty),
                promise("what lies outside a buffer is refused", MemoryPromises::outside),
                promise("more memory than there is is refused, and nothing is taken", MemoryPromises::tooMuch),
                promise("a plan that does not fit is refused, and nothing is taken", MemoryPromises::tooLargePlan),
                promise("new blocks hold zeros", MemoryPromises::zeroBlocks),
                promise("blocks are copied, exported and imported as they are", MemoryPromises::blocks),
                promise("blocks and groups that are not there are refused", MemoryPromises::noBlock),
                promise("keys and values that are no whole blocks are refused", MemoryPromises::wholeBlocks));
    }

    private static Promise promise(String name, Promise.Body body) {
        return new Promise("memory", name, body);
    }

    private static void buffer(DeviceOpener opener) {
        try (Device device = opener.open();
                Buffer buffer = device.openBuffer(BYTES);
                Arena arena = Arena.ofConfined()) {
            Claim.that(buffer.bytes() == BYTES, "a buffer has the size that was asked for: bytes=%d", buffer.bytes());
            MemorySegment found = arena.allocate(BYTES).fill((byte) 1);
            buffer.read(0, found);
            Claim.that(found.mismatch(arena.allocate(BYTES)) < 0, "a new buffer holds zeros");
            MemorySegment written = pattern(arena.allocate(333), 3);
            buffer.write(77, written);
            buffer.read(0, found);
            Claim.that(found.asSlice(77, 333).mismatch(written) < 0, "a buffer holds what was written");
            Claim.that(
                    found.asSlice(0, 77).mismatch(arena.allocate(77)) < 0
                            && found.asSlice(410).mismatch(arena.allocate(BYTES - 410)) < 0,
                    "nothing else is written");
            MemorySegment onHeap = MemorySegment.ofArray(new byte[333]);
            buffer.read(77, onHeap);
            Claim.that(onHeap.mismatch(written) < 0, "memory on the heap is as good as any other");
        }
    }

    private static MemorySegment pattern(MemorySegment memory, int seed) {
        for (long i = 0; i < memory.byteSize(); i++) {
            memory.set(JAVA_BYTE, i, (byte) (seed + i * 7));
        }
        return memory;
    }

    private static void empty(DeviceOpener opener) {
        try (Device device = opener.open()) {
            for (long bytes : new long[] {0, -1, Long.MIN_VALUE}) {
                Claim.refuses(
                        IllegalArgumentException.class,
                        "a buffer of %d bytes".formatted(bytes),
                        () -> device.openBuffer(bytes).close());
            }
            Claim.that(device.memoryUse().open() == 0, "nothing is open");
        }
    }

    private static void outside(DeviceOpener opener) {
        try (Device device = opener.open();
                Buffer buffer = device.openBuffer(BYTES);
                Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(100).fill((byte) 5);
            for (long offset : new long[] {-1, BYTES - 99, BYTES, Long.MAX_VALUE, Long.MIN_VALUE}) {
                Claim.refuses(
                        IllegalArgumentException.class,
                        "writing 100 bytes at %d of %d".formatted(offset, BYTES),
                        () -> buffer.write(offset, memory));
                Claim.refuses(
                        IllegalArgumentException.class,
                        "reading 100 bytes at %d of %d".formatted(offset, BYTES),
                        () -> buffer.read(offset, memory));
            }
            MemorySegment found = arena.allocate(BYTES);
            buffer.read(0, found);
            Claim.that(found.mismatch(arena.allocate(BYTES)) < 0, "what is refused writes nothing");
        }
    }

    private static void tooMuch(DeviceOpener opener) {
        try (Device device = opener.open();
                Rig rig = new Rig(device)) {
            MemoryUse before = device.memoryUse();
            for (long bytes : new long[] {Long.MAX_VALUE, Long.MAX_VALUE / 2, 1L << 60}) {
                DeviceMemoryException no = Claim.refuses(
                        DeviceMemoryException.class,
                        "a buffer of %d bytes".formatted(bytes),
                        () -> device.openBuffer(bytes).close());
                Claim.that(no.needed() >= bytes, "the error says what was needed: %s", no.getMessage());
            }
            KvGroup group = new KvGroup("layers", 1000, 64, 256, 256, 0, Format.F32, Format.F32);
            StateSpec states = new StateSpec(1024, List.of(new StateSpec.Blocks(group, 1_000_000)));
            Claim.refuses(
                    DeviceMemoryException.class,
                    "states of %d bytes".formatted(states.bytes()),
                    () -> device.openStates(states).close());
            Claim.that(
                    device.memoryUse().equals(before),
                    "nothing is taken: before=%s, after=%s",
                    before,
                    device.memoryUse());
            rig.run(1);
        }
    }

    private static void tooLargePlan(DeviceOpener opener) {
        Program.Builder program = Program.builder("wide");
        Value table = program.weight("table", Format.F32, Shape.of(1, 4096));
        Value out = program.result("out", Shape.rows(Dim.Symbol.TOKENS, 4096));
        Program wide = program.add(new Embed(out, table, 1)).output(out).build();
        Contents contents = new Contents();
        new Draw(1, "wide").weight(contents, table);
        try (Device device = opener.open();
                Arena arena = Arena.ofShared()) {
            if (!device.supports(wide.ops().getFirst())) {
                throw new Promise.Unsupported(
                        "needs Embed of F32: device=" + device.info().id());
            }
            CaseWeights source = new CaseWeights(wide.weights(), contents, false, arena);
            try (Weights weights = device.place(List.of(wide), source, LoadListener.NONE)) {
                MemoryUse before = device.memoryUse();
                Limits limits = new Limits(Integer.MAX_VALUE, 1, 1, Integer.MAX_VALUE);
                PlanSpec spec = new PlanSpec(wide, limits, Precision.EXACT);
                Claim.refuses(
                        DeviceMemoryException.class,
                        "a plan for 2^31 rows of 4096",
                        () -> device.prepare(spec, Bindings.NONE.with(weights)).close());
                Claim.that(device.memoryUse().equals(before), "nothing is taken: %s", device.memoryUse());
            }
        }
    }

    private static MemorySegment block(Arena arena) {
        StateSpec spec = LifeCyclePromises.STATES;
        return arena.allocate(spec.groups().getFirst().group().blockBytes(spec.blockTokens()));
    }

    private static void zeroBlocks(DeviceOpener opener) {
        try (Device device = opener.open();
                StateStore states = device.openStates(LifeCyclePromises.STATES);
                Arena arena = Arena.ofConfined()) {
            for (int block = 0; block < 3; block++) {
                MemorySegment found = block(arena).fill((byte) 1);
                states.exportBlock(0, block, found);
                Claim.that(found.mismatch(block(arena)) < 0, "a new block holds zeros: block=%d", block);
            }
        }
    }

    private static void blocks(DeviceOpener opener) {
        for (Format keys : new Format[] {Format.F32, Format.F16, Format.Q8_0}) {
            KvGroup first = new KvGroup("first", 2, 3, 32, 64, 0, keys, Format.F16);
            KvGroup second = new KvGroup("second", 1, 1, 64, 32, 8, Format.Q8_0, keys);
            StateSpec spec = new StateSpec(4, List.of(new StateSpec.Blocks(first, 3), new StateSpec.Blocks(second, 5)));
            try (Device device = opener.open();
                    StateStore states = device.openStates(spec);
                    Arena arena = Arena.ofConfined()) {
                Claim.that(states.spec().equals(spec), "states know what was asked for: %s", states.spec());
                int[] last = {2, 4};
                for (int group = 0; group < 2; group++) {
                    long bytes = spec.groups().get(group).group().blockBytes(4);
                    MemorySegment one = pattern(arena.allocate(bytes), 11 + group);
                    MemorySegment other = pattern(arena.allocate(bytes), 90 + group);
                    states.importBlock(group, 0, one);
                    states.importBlock(group, last[group], other);
                    expect(states, group, 0, one, arena);
                    expect(states, group, last[group], other, arena);
                    expect(states, group, 1, arena.allocate(bytes), arena);
                    states.copyBlock(group, last[group], 1);
                    expect(states, group, 1, other, arena);
                    states.copyBlock(group, 0, 0);
                    expect(states, group, 0, one, arena);
                }
            }
        }
    }

    private static void expect(StateStore states, int group, int block, MemorySegment expected, Arena arena) {
        MemorySegment found = arena.allocate(expected.byteSize());
        states.exportBlock(group, block, found);
        Claim.that(
                found.mismatch(expected) < 0,
                "a block is exported as it was imported: group=%d, block=%d, firstDifference=%d",
                group,
                block,
                found.mismatch(expected));
    }

    private static void noBlock(DeviceOpener opener) {
        try (Device device = opener.open();
                StateStore states = device.openStates(LifeCyclePromises.STATES);
                Arena arena = Arena.ofConfined()) {
            MemorySegment block = block(arena);
            for (int wrong : new int[] {-1, 3, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
                refused("copying to block " + wrong, () -> states.copyBlock(0, 0, wrong));
                refused("copying from block " + wrong, () -> states.copyBlock(0, wrong, 0));
                refused("exporting block " + wrong, () -> states.exportBlock(0, wrong, block));
                refused("importing block " + wrong, () -> states.importBlock(0, wrong, block));
                refused("exporting of group " + wrong, () -> states.exportBlock(wrong, 0, block));
                refused("copying in group " + wrong, () -> states.copyBlock(wrong, 0, 0));
            }
            MemorySegment small = block.asSlice(0, block.byteSize() - 1);
            refused("exporting to memory that is too small", () -> states.exportBlock(0, 0, small));
            refused("importing from memory that is too small", () -> states.importBlock(0, 0, small));
            MemorySegment found = block(arena).fill((byte) 1);
            states.exportBlock(0, 0, found);
            Claim.that(found.mismatch(block(arena)) < 0, "what is refused changes nothing");
        }
    }

    private static void refused(String what, Claim.Action action) {
        Claim.refuses(IllegalArgumentException.class, what, action);
    }

    /** Refused by the group itself, before any device sees it. */
    private static void wholeBlocks(DeviceOpener opener) {
        for (int size : new int[] {24, 80}) {
            refused(
                    "Q8_0 keys of %d".formatted(size),
                    () -> new KvGroup("layers", 1, 1, size, 64, 0, Format.Q8_0, Format.F16));
            refused(
                    "Q8_0 values of %d".formatted(size),
                    () -> new KvGroup("layers", 1, 1, 64, size, 0, Format.F16, Format.Q8_0));
        }
        refused(
                "keys in a format that is not for them",
                () -> new KvGroup("layers", 1, 1, 64, 64, 0, Format.Q4_0, Format.F16));
    }
}
