package dev.javelin.conformance.broken;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.javelin.api.Attention;
import dev.javelin.api.Op;
import dev.javelin.api.Precision;
import dev.javelin.api.Step;
import dev.javelin.api.StepColumn;
import dev.javelin.api.Tensor;
import dev.javelin.api.Value;
import dev.javelin.api.WriteKv;
import dev.javelin.kernels.host.HostEngine;
import dev.javelin.kernels.host.Kernel;
import dev.javelin.kernels.host.PlanMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** What attention and the writing of its state can get wrong beside constants and operands. */
final class StateFaults {

    private StateFaults() {}

    static List<Fault> all() {
        return List.of(
                new Peculiar<>(
                        Attention.class,
                        "group.kvHeads taken in turn by the query heads",
                        (op, limits) -> op.group().kvHeads() > 1
                                && op.heads() > op.group().kvHeads(),
                        StateFaults::headsInTurn),
                new Peculiar<>(
                        Attention.class,
                        "group.keySize minus 1",
                        (op, limits) -> true,
                        (op, memory, right) -> shorter(op, op.q(), op.group().keySize(), 1, memory, right)),
                new Peculiar<>(
                        Attention.class,
                        "group.valueSize minus 1",
                        (op, limits) -> true,
                        (op, memory, right) -> shorter(op, op.out(), op.group().valueSize(), 1, memory, right)),
                new Peculiar<>(
                        WriteKv.class,
                        "group.keySize minus 1",
                        (op, limits) -> true,
                        (op, memory, right) -> shorter(op, op.k(), op.group().keySize(), 1, memory, right)),
                new Peculiar<>(
                        WriteKv.class,
                        "group.valueSize minus 1",
                        (op, limits) -> true,
                        (op, memory, right) -> shorter(op, op.v(), op.group().valueSize(), 1, memory, right)),
                new Peculiar<>(
                        WriteKv.class,
                        "group.kvHeads minus 1 for keys",
                        (op, limits) -> true,
                        (op, memory, right) ->
                                shorter(op, op.k(), op.k().width(), op.group().keySize(), memory, right)),
                new Peculiar<>(
                        WriteKv.class,
                        "group.kvHeads minus 1 for values",
                        (op, limits) -> true,
                        (op, memory, right) ->
                                shorter(op, op.v(), op.v().width(), op.group().valueSize(), memory, right)),
                new Elsewhere(WriteKv.class),
                new Elsewhere(Attention.class),
                new Peculiar<>(
                        WriteKv.class,
                        "writes the place after the last too",
                        (op, limits) -> true,
                        StateFaults::oneMore),
                new Peculiar<>(
                        WriteKv.class,
                        "writes the other layers too",
                        (op, limits) -> op.group().layers() > 1,
                        StateFaults::everyLayer),
                new Peculiar<>(
                        Attention.class,
                        "writes to the blocks that it reads",
                        (op, limits) -> true,
                        StateFaults::scribble));
    }

    /** Query head {@code h} uses KV head {@code h mod kvHeads}: the heads are brought to where those are used, and back. */
    private static Kernel headsInTurn(Attention op, PlanMemory<Tensor> memory, HostEngine<Tensor> right) {
        MemorySegment q = Arena.ofAuto().allocate(op.q().bytes(memory.limits()), Long.BYTES);
        MemorySegment out = Arena.ofAuto().allocate(op.out().bytes(memory.limits()), Long.BYTES);
        Kernel kernel =
                right.compile(op, AlteredMemory.of(memory).with(op.q(), q).with(op.out(), out), Precision.EXACT);
        int kvHeads = op.group().kvHeads();
        int perKvHead = op.heads() / kvHeads;
        return step -> {
            for (int token = 0; token < step.tokens(); token++) {
                for (int head = 0; head < op.heads(); head++) {
                    int place = head % kvHeads * perKvHead + head / kvHeads;
                    copyHead(
                            memory.of(op.q()), token, head, q, place, op.group().keySize(), op.heads());
                }
            }
            kernel.run(step);
            for (int token = 0; token < step.tokens(); token++) {
                for (int head = 0; head < op.heads(); head++) {
                    int place = head % kvHeads * perKvHead + head / kvHeads;
                    copyHead(
                            out,
                            token,
                            place,
                            memory.of(op.out()),
                            head,
                            op.group().valueSize(),
                            op.heads());
                }
            }
        };
    }

    private static void copyHead(
            MemorySegment from, int token, int head, MemorySegment to, int place, int size, int heads) {
        long bytes = (long) size * Float.BYTES;
        long row = (long) token * heads * bytes;
        MemorySegment.copy(from, row + head * bytes, to, row + place * bytes, bytes);
    }

    /** The last elements of every so many of an operand are left out. */
    private static Kernel shorter(
            Op op, Value value, int period, int less, PlanMemory<Tensor> memory, HostEngine<Tensor> right) {
        MemorySegment other = Arena.ofAuto().allocate(value.bytes(memory.limits()), Long.BYTES);
        Kernel kernel = right.compile(op, AlteredMemory.of(memory).with(value, other), Precision.EXACT);
        boolean written = op.writes().contains(value);
        MemorySegment from = written ? other : memory.of(value);
        MemorySegment to = written ? memory.of(value) : other;
        return step -> {
            if (written) {
                kernel.run(step);
            }
            long end = (long) step.tokens() * value.width();
            for (long at = 0; at < end; at += period) {
                MemorySegment.copy(from, at * Float.BYTES, to, at * Float.BYTES, (long) (period - less) * Float.BYTES);
            }
            if (!written) {
                kernel.run(step);
            }
        };
    }

    private static Kernel oneMore(WriteKv op, PlanMemory<Tensor> memory, HostEngine<Tensor> right) {
        Kernel kernel = right.compile(op, memory, Precision.EXACT);
        return step -> {
            Cells indices = new Cells(step, StepColumn.KV_INDEX);
            shift(indices, step, memory.blockTokens(), 1);
            kernel.run(step);
            shift(indices, step, memory.blockTokens(), -1);
            kernel.run(step);
        };
    }

    /** Moves the last KV index of each sequence by one where it stays within its block. */
    private static void shift(Cells indices, Step step, int blockTokens, int by) {
        for (int sequence = 0; sequence < step.sequences(); sequence++) {
            int last = step.first(sequence) + step.count(sequence) - 1;
            int later = by > 0 ? indices.get(last) + 1 : indices.get(last);
            if (later % blockTokens != 0) {
                indices.set(last, indices.get(last) + by);
            }
        }
    }

    private static Kernel everyLayer(WriteKv op, PlanMemory<Tensor> memory, HostEngine<Tensor> right) {
        WriteKv other = new WriteKv(
                op.k(), op.v(), op.group(), (op.layer() + 1) % op.group().layers());
        Kernel kernel = right.compile(op, memory, Precision.EXACT);
        Kernel stray = right.compile(other, memory, Precision.EXACT);
        return step -> {
            stray.run(step);
            kernel.run(step);
        };
    }

    private static Kernel scribble(Attention op, PlanMemory<Tensor> memory, HostEngine<Tensor> right) {
        Kernel kernel = right.compile(op, memory, Precision.EXACT);
        MemorySegment blocks = memory.blocks(op.group());
        int group = memory.groupIndex(op.group());
        long blockBytes = op.group().blockBytes(memory.blockTokens());
        return step -> {
            kernel.run(step);
            int last = step.sequences() - 1;
            int index = step.kvIndex(step.first(last)) / memory.blockTokens();
            long at = step.block(group, last, index) * blockBytes;
            blocks.set(JAVA_BYTE, at, (byte) ~blocks.get(JAVA_BYTE, at));
        };
    }
}
