package dev.javelin.cpu;

import dev.javelin.api.AddRmsNorm;
import dev.javelin.api.ArgMax;
import dev.javelin.api.Attention;
import dev.javelin.api.AttentionInput;
import dev.javelin.api.Binary;
import dev.javelin.api.DeviceInfo;
import dev.javelin.api.Embed;
import dev.javelin.api.ExpertMatMul;
import dev.javelin.api.ExpertSum;
import dev.javelin.api.Format;
import dev.javelin.api.FusedOp;
import dev.javelin.api.Fusion;
import dev.javelin.api.Glu;
import dev.javelin.api.Limits;
import dev.javelin.api.MatMul;
import dev.javelin.api.MatMulAdd;
import dev.javelin.api.NormGateUpGlu;
import dev.javelin.api.Op;
import dev.javelin.api.Precision;
import dev.javelin.api.RmsNorm;
import dev.javelin.api.Rope;
import dev.javelin.api.RopeSpec;
import dev.javelin.api.Route;
import dev.javelin.api.Rows;
import dev.javelin.api.Scale;
import dev.javelin.api.SoftCap;
import dev.javelin.api.Tensor;
import dev.javelin.api.TopK;
import dev.javelin.api.Unary;
import dev.javelin.api.UnsupportedOpException;
import dev.javelin.api.Value;
import dev.javelin.api.WriteKv;
import dev.javelin.kernels.device.WeightUse;
import dev.javelin.kernels.host.HostEngine;
import dev.javelin.kernels.host.Kernel;
import dev.javelin.kernels.host.Placing;
import dev.javelin.kernels.host.PlanMemory;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/** Every operation in every format with vectors of one width, on threads of its own. F32 arithmetic throughout. */
final class CpuEngine implements HostEngine<Placed> {
    private final DeviceInfo info;
    private final WidthKernels kernels;
    private final Threads threads;
    private final Map<PlanMemory<?>, Map<Turning, RopeAngles>> angles = new WeakHashMap<>();
    private final KernelMemory memory;

    /** What angles depend on besides the positions. */
    record Turning(RopeSpec spec, @Nullable Value factors) {

        static Turning of(Rope op) {
            return new Turning(op.spec(), op.factors());
        }
    }

    /** Starts the threads. */
    CpuEngine(DeviceInfo info, VectorWidth width, int threadCount) {
        this.info = info;
        this.kernels = WidthKernels.of(width);
        this.threads = Threads.start("javelin-" + info.id(), threadCount, width);
        this.memory = new KernelMemory(kernels, threadCount);
    }

    @Override
    public DeviceInfo info() {
        return info;
    }

    @Override
    public List<Fusion> fusions() {
        return List.of(Fusion.MAT_MUL_ADD, Fusion.ADD_RMS_NORM);
    }

    @Override
    public boolean supports(Op op) {
        return !(op instanceof FusedOp) || op instanceof MatMulAdd || op instanceof AddRmsNorm;
    }

    @Override
    public Format activation(Op op, Precision precision) {
        return Format.F32;
    }

    @Override
    public long placedBytes(Value weight, Set<WeightUse> uses) {
        PanelMath math = panels(weight.format(), uses);
        long matrix = math == null ? 0 : Panels.bytes(weight.shape(), math.layout(), lanes());
        long vector = uses.contains(WeightUse.VECTOR)
                ? Format.F32.bytes(weight.shape().elements())
                : 0;
        return Math.addExact(matrix, vector);
    }

    @Override
    public Placed place(Tensor tensor, Set<WeightUse> uses, Placing placing) {
        PanelMath math = panels(tensor.format(), uses);
        boolean isMatrix = uses.stream().anyMatch(use -> use != WeightUse.VECTOR);
        Matrix matrix = null;
        if (math != null) {
            matrix = Panels.pack(tensor, math, lanes(), placing, threads.pool());
        } else if (isMatrix) {
            matrix = new RowMatrix(tensor, lanes());
        }
        MemorySegment vector = uses.contains(WeightUse.VECTOR) ? copy(tensor, placing) : null;
        return new Placed(matrix, vector, isMatrix && math == null);
    }

    /** How to multiply with a weight in panels, or null where it is not multiplied with, or not in this format. */
    private @Nullable PanelMath panels(Format format, Set<WeightUse> uses) {
        boolean multiplied = uses.contains(WeightUse.MULTIPLY) || uses.contains(WeightUse.EXPERTS);
        return multiplied ? kernels.panels(format) : null;
    }

    private static MemorySegment copy(Tensor tensor, Placing placing) {
        long rowBytes = tensor.rowBytes();
        MemorySegment copy = placing.allocate(tensor.rows() * rowBytes);
        for (long row = 0; row < tensor.rows(); row++) {
            MemorySegment.copy(tensor.data(), row * tensor.rowStride(), copy, row * rowBytes, rowBytes);
        }
        return copy;
    }

    private int lanes() {
        return kernels.width().lanes();
    }

    @Override
    public boolean retainsSource(Placed weight) {
        return weight.retainsSource();
    }

    @Override
    public long scratchBytes(Op op, Limits limits) {
        return 0; // kernels have memory of their own
    }

    @Override
    public long kernelBytes(List<Op> ops, Limits limits) {
        return memory.bytes(ops, limits);
    }

    /** No default branch: a new operation does not compile until it is here. */
    @Override
    public Kernel compile(Op op, PlanMemory<Placed> memory, Precision precision) {
        return switch (op) {
            case Embed embed -> new CpuEmbed(embed, memory, threads);
            case MatMul product -> new CpuMatMul(product, kernels, memory, threads);
            case MatMulAdd product -> new CpuMatMul(product, kernels, memory, threads);
            case RmsNorm norm -> new CpuRmsNorm(norm, memory, threads);
            case AddRmsNorm norm -> new CpuRmsNorm(norm, memory, threads);
            case Rope rope -> new CpuRope(rope, angles(rope, memory), memory, threads);
            case WriteKv write -> new CpuWriteKv(write, memory, threads);
            case Attention attention -> new CpuAttention(attention, kernels, memory, threads);
            case Glu glu -> ElementKernel.glu(glu, kernels, memory, threads);
            case Unary unary -> ElementKernel.unary(unary, kernels, memory, threads);
            case Scale scale -> ElementKernel.scale(scale, kernels, memory, threads);
            case SoftCap cap -> ElementKernel.softCap(cap, kernels, memory, threads);
            case Binary binary -> ElementKernel.binary(binary, kernels, memory, threads);
            case Rows rows -> new CpuRows(rows, memory, threads);
            case ArgMax choice -> new CpuArgMax(choice, memory, threads);
            case TopK choice -> new CpuTopK(choice, memory, threads);
            case Route route -> new CpuRoute(route, memory, threads);
            case ExpertMatMul product -> new CpuExpertMatMul(product, kernels, memory, threads);
            case ExpertSum sum -> new CpuExpertSum(sum, memory, threads);
            case AttentionInput fused -> throw new UnsupportedOpException(fused, info.id());
            case NormGateUpGlu fused -> throw new UnsupportedOpException(fused, info.id());
        };
    }

    /** The angles that all operations of a plan with the same constants share. */
    private RopeAngles angles(Rope op, PlanMemory<Placed> memory) {
        synchronized (angles) {
            return angles.computeIfAbsent(memory, plan -> new HashMap<>())
                    .computeIfAbsent(
                            Turning.of(op),
                            turning -> new RopeAngles(
                                    op.spec(),
                                    op.factors() == null
                                            ? null
                                            : memory.weight(op.factors()).vector(),
                                    memory.limits().tokens()));
        }
    }

    @Override
    public void close() {
        threads.close();
    }
}
