package dev.javelin.kernels.opencl;

import dev.javelin.api.AddRmsNorm;
import dev.javelin.api.ArgMax;
import dev.javelin.api.Attention;
import dev.javelin.api.AttentionInput;
import dev.javelin.api.Binary;
import dev.javelin.api.Embed;
import dev.javelin.api.ExpertMatMul;
import dev.javelin.api.ExpertSum;
import dev.javelin.api.Format;
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
import dev.javelin.api.Route;
import dev.javelin.api.Rows;
import dev.javelin.api.Scale;
import dev.javelin.api.SoftCap;
import dev.javelin.api.TopK;
import dev.javelin.api.Unary;
import dev.javelin.api.UnsupportedOpException;
import dev.javelin.api.Value;
import dev.javelin.api.WriteKv;
import dev.javelin.kernels.device.WeightUse;
import dev.javelin.kernels.gpu.DeviceTraits;
import dev.javelin.kernels.gpu.GpuKernels;
import dev.javelin.kernels.gpu.KernelId;
import dev.javelin.kernels.gpu.Launch;
import dev.javelin.kernels.gpu.PlanFacts;
import dev.javelin.kernels.gpu.WeightForm;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Every operation in every format, in OpenCL C 1.2 without optional features. F32 arithmetic throughout, but for products in
 * plans that need not be exact, on GPUs with integer dot products.
 *
 * <p>A device need not have subnormal floats. Where it has none, numbers below 2^-126 become 0: weights in F32 or BF16, or with an
 * MXFP4 scale, that are that small. They are 2^-126 of what they are added to, so that is left as it is. Scales in F16 are not
 * concerned, since subnormal halves are normal floats.
 */
public final class OpenClKernels implements GpuKernels {
    /** Work-items that a group must be able to have. */
    public static final int SMALLEST_GROUP = 64;

    private final Products products;
    private final Norms norms;
    private final Ropes ropes;
    private final Attentions attentions;
    private final Pointwise pointwise;
    private final Choosers choosers;

    private final Map<KernelId, Integer> demanding;

    /** The kernels as they suit a device of these traits. */
    public OpenClKernels(DeviceTraits traits) {
        this(traits, Tuning.usual(traits));
    }

    /** The same with products of those sizes, where the device is a GPU. */
    public OpenClKernels(DeviceTraits traits, Tuning tuning) {
        Sizes sizes = Sizes.of(traits, tuning);
        this.products = new Products(sizes);
        this.norms = new Norms(sizes);
        this.ropes = new Ropes(sizes);
        this.attentions = new Attentions(sizes);
        this.pointwise = new Pointwise(sizes);
        this.choosers = new Choosers(sizes);
        this.demanding = traits.cpu() ? norms.demanding() : products.demanding();
    }

    /**
     * Most work-items of a group on a device.
     *
     * @param group of a whole group
     * @param first along the first axis
     * @param second along the second axis, on which products have the parts of a row
     */
    public static int largestGroup(long group, long first, long second) {
        long parts = second > Integer.MAX_VALUE ? second : second * Sizes.ROWS;
        return Math.clamp(Math.min(group, Math.min(first, parts)), 1, Integer.MAX_VALUE);
    }

    /** The kernels that ask most of a device, with the work-items of their groups. */
    public Map<KernelId, Integer> demanding() {
        return demanding;
    }

    @Override
    public List<Fusion> fusions() {
        return List.of(Fusion.MAT_MUL_ADD, Fusion.ADD_RMS_NORM);
    }

    @Override
    public boolean supports(Op op) {
        return switch (op) {
            case AttentionInput _, NormGateUpGlu _ -> false;
            case Attention attention -> attentions.supports(attention);
            default -> true;
        };
    }

    @Override
    public Format activation(Op op, Precision precision) {
        return switch (op) {
            case MatMul product -> products.activation(product, precision);
            case MatMulAdd fused -> products.activation(fused.product(), precision);
            default -> Format.F32;
        };
    }

    @Override
    public WeightForm form(Value weight, Set<WeightUse> uses) {
        return Packing.packed(uses)
                ? Packings.of(weight.format()).form(weight, uses.contains(WeightUse.VECTOR))
                : Packing.vectorForm(weight);
    }

    @Override
    public List<Long> scratch(Op op, Limits limits) {
        return switch (op) {
            case MatMul product -> products.scratch(product, limits);
            case MatMulAdd fused -> products.scratch(fused.product(), limits);
            case Attention attention -> attentions.scratch(attention, limits);
            case ArgMax choice -> choosers.scratch(choice.x(), 1, limits);
            case TopK choice -> choosers.scratch(choice.x(), choice.k(), limits);
            case Route route -> choosers.scratch(route, limits);
            default -> List.of();
        };
    }

    /** No default branch: a new operation does not compile until it is here. */
    @Override
    public List<Launch> launches(Op op, PlanFacts plan) {
        return switch (op) {
            case Embed embed -> products.embed(embed, plan);
            case MatMul product -> products.matMul(product, product.out(), null, plan);
            case MatMulAdd fused -> products.matMul(fused.product(), fused.sum().out(), fused.residual(), plan);
            case RmsNorm norm -> norms.rmsNorm(norm, plan);
            case AddRmsNorm fused -> norms.addRmsNorm(fused, plan);
            case Rope rope -> ropes.rope(rope, plan);
            case WriteKv write -> attentions.writeKv(write, plan);
            case Attention attention -> attentions.attention(attention, plan);
            case Glu glu -> pointwise.glu(glu, plan);
            case Unary unary -> pointwise.unary(unary, plan);
            case Scale scale -> pointwise.scale(scale, plan);
            case SoftCap cap -> pointwise.softCap(cap, plan);
            case Binary binary -> pointwise.binary(binary, plan);
            case Rows rows -> pointwise.rows(rows, plan);
            case ArgMax choice -> choosers.argMax(choice, plan);
            case TopK choice -> choosers.topK(choice, plan);
            case Route route -> choosers.route(route, plan);
            case ExpertMatMul product -> products.expertMatMul(product, plan);
            case ExpertSum sum -> pointwise.expertSum(sum, plan);
            case AttentionInput fused -> throw new UnsupportedOpException(fused, "opencl");
            case NormGateUpGlu fused -> throw new UnsupportedOpException(fused, "opencl");
        };
    }

    @Override
    public String text(KernelId kernel) {
        return Sources.text(kernel);
    }
}
