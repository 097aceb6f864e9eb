package dev.javelin.kernels.host;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.javelin.api.ArgMax;
import dev.javelin.api.Binary;
import dev.javelin.api.DeviceInfo;
import dev.javelin.api.Dim;
import dev.javelin.api.Embed;
import dev.javelin.api.Format;
import dev.javelin.api.Fusion;
import dev.javelin.api.Limits;
import dev.javelin.api.MatMulAdd;
import dev.javelin.api.Op;
import dev.javelin.api.Precision;
import dev.javelin.api.RmsNorm;
import dev.javelin.api.Rows;
import dev.javelin.api.Scale;
import dev.javelin.api.Step;
import dev.javelin.api.StepColumn.Source;
import dev.javelin.api.Tensor;
import dev.javelin.api.Value;
import dev.javelin.api.WriteKv;
import dev.javelin.kernels.device.WeightUse;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * An engine of a few operations, in F32, that does what its hooks say besides: block, fail, watch. Weights are copied, in pieces
 * of {@link #PIECE} bytes.
 */
final class ToyEngine implements HostEngine<MemorySegment> {
    static final long PIECE = 16;

    private final long memoryTotal;
    volatile Consumer<Op> beforeKernel = op -> {};
    volatile Consumer<Op> beforeCompile = op -> {};
    volatile Consumer<PlanMemory<MemorySegment>> onMemory = memory -> {};
    volatile Consumer<String> beforePlace = name -> {};
    volatile boolean retains;
    final AtomicInteger closed = new AtomicInteger();

    ToyEngine(long memoryTotal) {
        this.memoryTotal = memoryTotal;
    }

    @Override
    public DeviceInfo info() {
        return new DeviceInfo("toy:0", "toy", DeviceInfo.Kind.CPU, memoryTotal, memoryTotal, Set.of(), true);
    }

    @Override
    public List<Fusion> fusions() {
        return List.of(Fusion.MAT_MUL_ADD);
    }

    @Override
    public boolean supports(Op op) {
        return switch (op) {
            case Scale scale -> true;
            case Binary binary -> binary.kind() == Binary.Kind.ADD && !binary.broadcast();
            case Embed embed -> embed.table().format() == Format.F32;
            case Rows rows -> true;
            case ArgMax choice -> true;
            case WriteKv write -> true;
            case RmsNorm norm -> true;
            case MatMulAdd fused -> fused.product().matrix().format() == Format.F32;
            default -> false;
        };
    }

    @Override
    public Format activation(Op op, Precision precision) {
        return Format.F32;
    }

    @Override
    public long placedBytes(Value weight, Set<WeightUse> uses) {
        return weight.shape().elements() * Float.BYTES;
    }

    @Override
    public MemorySegment place(Tensor tensor, Set<WeightUse> uses, Placing placing) {
        beforePlace.accept(tensor.name());
        MemorySegment copy = placing.allocate(tensor.data().byteSize());
        for (long at = 0; at < copy.byteSize(); at += PIECE) {
            long bytes = Math.min(PIECE, copy.byteSize() - at);
            MemorySegment.copy(tensor.data(), at, copy, at, bytes);
            placing.advance(bytes);
        }
        return copy;
    }

    @Override
    public boolean retainsSource(MemorySegment weight) {
        return retains;
    }

    @Override
    public long scratchBytes(Op op, Limits limits) {
        return op instanceof ArgMax ? 1000 : 100;
    }

    @Override
    public Kernel compile(Op op, PlanMemory<MemorySegment> memory, Precision precision) {
        beforeCompile.accept(op);
        onMemory.accept(memory);
        Kernel kernel = kernel(op, memory);
        return step -> {
            beforeKernel.accept(op);
            kernel.run(step);
        };
    }

    @Override
    public void close() {
        closed.incrementAndGet();
    }

    private static Kernel kernel(Op op, PlanMemory<MemorySegment> memory) {
        return switch (op) {
            case Scale scale -> {
                MemorySegment x = memory.of(scale.x());
                MemorySegment out = memory.of(scale.out());
                yield step -> {
                    for (long i = 0; i < elements(scale.out(), step); i++) {
                        out.setAtIndex(JAVA_FLOAT, i, scale.factor() * x.getAtIndex(JAVA_FLOAT, i));
                    }
                };
            }
            case Binary sum -> {
                MemorySegment a = memory.of(sum.a());
                MemorySegment b = memory.of(sum.b());
                MemorySegment out = memory.of(sum.out());
                yield step -> {
                    for (long i = 0; i < elements(sum.out(), step); i++) {
                        out.setAtIndex(JAVA_FLOAT, i, a.getAtIndex(JAVA_FLOAT, i) + b.getAtIndex(JAVA_FLOAT, i));
                    }
                };
            }
            case Embed embed -> embed(embed, memory);
            case Rows rows -> {
                MemorySegment x = memory.of(rows.x());
                MemorySegment out = memory.of(rows.out());
                long bytes = rows.x().width() * 4L;
                yield step -> {
                    for (int i = 0; i < step.outputs(); i++) {
                        MemorySegment.copy(x, step.outputToken(i) * bytes, out, i * bytes, bytes);
                    }
                };
            }
            case ArgMax choice -> argMax(choice, memory);
            default -> step -> {}; // compiled to be counted, never read
        };
    }

    private static Kernel embed(Embed embed, PlanMemory<MemorySegment> memory) {
        MemorySegment table = memory.weight(embed.table());
        MemorySegment out = memory.of(embed.out());
        MemorySegment feedback = memory.feedback();
        long bytes = embed.out().width() * 4L;
        return step -> {
            for (int token = 0; token < step.tokens(); token++) {
                int id = step.source(token) == Source.FEEDBACK
                        ? feedback.getAtIndex(JAVA_INT, step.token(token))
                        : step.token(token);
                MemorySegment.copy(table, id * bytes, out, token * bytes, bytes);
            }
        };
    }

    private static Kernel argMax(ArgMax choice, PlanMemory<MemorySegment> memory) {
        MemorySegment x = memory.of(choice.x());
        MemorySegment out = memory.of(choice.out());
        int width = choice.x().width();
        return step -> {
            for (int row = 0; row < choice.x().rows().in(step); row++) {
                int best = 0;
                for (int i = 1; i < width; i++) {
                    long at = (long) row * width;
                    if (x.getAtIndex(JAVA_FLOAT, at + i) > x.getAtIndex(JAVA_FLOAT, at + best)) {
                        best = i;
                    }
                }
                out.setAtIndex(JAVA_INT, row, best);
            }
        };
    }

    private static long elements(Value value, Step step) {
        Dim rows = value.rows();
        return (long) rows.in(step) * value.width();
    }
}
