package dev.javelin.kernels.reference;

import dev.javelin.api.ArgMax;
import dev.javelin.api.Attention;
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
import dev.javelin.api.Op;
import dev.javelin.api.Precision;
import dev.javelin.api.RmsNorm;
import dev.javelin.api.Rope;
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
import java.util.List;
import java.util.Set;

/**
 * Every operation in plain scalar code: operands are read as they are, everything between is double, results are rounded to
 * float. Weights stay where the source has them and are decoded row by row whenever they are needed.
 *
 * <p>Fused operations are run as their parts, so that these are the one definition of both.
 *
 * <p>Public, so that another engine can have some of its operations done by this one. Usable from any thread; there is nothing
 * to close.
 */
public final class ReferenceEngine implements HostEngine<Tensor> {
    private final DeviceInfo info;

    /** The arithmetic of the device of that description. */
    public ReferenceEngine(DeviceInfo info) {
        this.info = info;
    }

    @Override
    public DeviceInfo info() {
        return info;
    }

    @Override
    public List<Fusion> fusions() {
        return List.of();
    }

    @Override
    public boolean supports(Op op) {
        return !(op instanceof FusedOp);
    }

    @Override
    public Format activation(Op op, Precision precision) {
        return Format.F32;
    }

    @Override
    public long placedBytes(Value weight, Set<WeightUse> uses) {
        return 0;
    }

    @Override
    public Tensor place(Tensor tensor, Set<WeightUse> uses, Placing placing) {
        placing.advance(tensor.rows() * tensor.rowBytes());
        return tensor;
    }

    @Override
    public boolean retainsSource(Tensor weight) {
        return true;
    }

    @Override
    public long scratchBytes(Op op, Limits limits) {
        return op instanceof Attention attention ? ReferenceAttention.scratchBytes(attention, limits) : 0;
    }

    /** No default branch: a new operation does not compile until it is defined here. */
    @Override
    public Kernel compile(Op op, PlanMemory<Tensor> memory, Precision precision) {
        return switch (op) {
            case Embed embed -> new ReferenceEmbed(embed, memory);
            case MatMul product -> new ReferenceMatMul(product, memory);
            case RmsNorm norm -> new ReferenceRmsNorm(norm, memory);
            case Rope rope -> new ReferenceRope(rope, memory);
            case WriteKv write -> new ReferenceWriteKv(write, memory);
            case Attention attention -> new ReferenceAttention(attention, memory);
            case Glu glu -> ReferencePointwise.glu(glu, memory);
            case Unary unary -> ReferencePointwise.unary(unary, memory);
            case Scale scale -> ReferencePointwise.scale(scale, memory);
            case SoftCap cap -> ReferencePointwise.softCap(cap, memory);
            case Binary binary -> ReferencePointwise.binary(binary, memory);
            case Rows rows -> new ReferenceRows(rows, memory);
            case ArgMax choice -> new ReferenceArgMax(choice, memory);
            case TopK choice -> new ReferenceTopK(choice, memory);
            case Route route -> new ReferenceRoute(route, memory);
            case ExpertMatMul product -> new ReferenceExpertMatMul(product, memory);
            case ExpertSum sum -> new ReferenceExpertSum(sum, memory);
            case FusedOp fused -> throw new UnsupportedOpException(fused, info.id());
        };
    }

    @Override
    public void close() {
        // nothing was started
    }
}
