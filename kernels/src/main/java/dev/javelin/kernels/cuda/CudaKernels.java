package dev.javelin.kernels.cuda;

import dev.javelin.api.Attention;
import dev.javelin.api.AttentionInput;
import dev.javelin.api.Embed;
import dev.javelin.api.ExpertMatMul;
import dev.javelin.api.Format;
import dev.javelin.api.FusedOp;
import dev.javelin.api.Fusion;
import dev.javelin.api.Limits;
import dev.javelin.api.MatMul;
import dev.javelin.api.MatMulAdd;
import dev.javelin.api.NormGateUpGlu;
import dev.javelin.api.Op;
import dev.javelin.api.Precision;
import dev.javelin.api.Value;
import dev.javelin.kernels.device.WeightUse;
import dev.javelin.kernels.gpu.DeviceTraits;
import dev.javelin.kernels.gpu.GpuKernels;
import dev.javelin.kernels.gpu.KernelId;
import dev.javelin.kernels.gpu.Launch;
import dev.javelin.kernels.gpu.PlanFacts;
import dev.javelin.kernels.gpu.Span;
import dev.javelin.kernels.gpu.WeightForm;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Every operation in every format, in PTX for NVIDIA's GPUs. Weights lie as they do for OpenCL. */
public final class CudaKernels implements GpuKernels {
    private final PtxTarget target;
    private final CommonKernels common;
    private final Products products;
    private final Attentions attentions;
    private final AttentionInputs inputs;

    private CudaKernels(DeviceTraits traits, PtxTarget target) {
        this.target = target;
        this.common = new CommonKernels(traits);
        int units = Math.max(1, traits.computeUnits());
        this.products = new Products(new Portions(units), target.compareTo(PtxTarget.SM_80) >= 0);
        this.attentions = new Attentions(units);
        this.inputs = new AttentionInputs(common, products);
    }

    /**
     * The kernels as they suit a device.
     *
     * @param target the best that device and driver take
     */
    public static CudaKernels of(DeviceTraits traits, PtxTarget target) {
        return new CudaKernels(traits, target);
    }

    @Override
    public List<Fusion> fusions() {
        return List.of(Fusion.ATTENTION_INPUT, Fusion.NORM_GATE_UP_GLU, Fusion.MAT_MUL_ADD, Fusion.ADD_RMS_NORM);
    }

    @Override
    public boolean supports(Op op) {
        return switch (op) {
            case AttentionInput fused -> AttentionInputs.supports(fused);
            case NormGateUpGlu fused ->
                fused.norm().groupsPerRow() == 1
                        && fused.gate().matrix().format() == fused.up().matrix().format();
            case Attention attention -> attentions.supports(attention);
            default -> common.kernels().supports(op);
        };
    }

    @Override
    public Format activation(Op op, Precision precision) {
        return switch (op) {
            case MatMul product -> products.activation(precision);
            case MatMulAdd fused -> products.activation(precision);
            case AttentionInput fused -> products.activation(precision);
            case NormGateUpGlu fused -> products.activation(precision);
            default -> Format.F32;
        };
    }

    @Override
    public WeightForm form(Value weight, Set<WeightUse> uses) {
        return common.kernels().form(weight, uses);
    }

    @Override
    public List<Long> scratch(Op op, Limits limits) {
        List<Long> pieces =
                switch (op) {
                    case MatMul product -> products.scratch(product, limits);
                    case MatMulAdd fused -> products.scratch(fused.product(), limits);
                    case AttentionInput fused -> scratch(fused, fused.query(), limits);
                    case NormGateUpGlu fused -> scratch(fused, fused.gate(), limits);
                    case Attention attention -> attentions.scratch(attention, limits);
                    default -> common.kernels().scratch(op, limits);
                };
        return Counters.before(pieces, attentions.countersBytes());
    }

    /** Of an operation whose products all have the same activations. */
    private List<Long> scratch(FusedOp op, MatMul product, Limits limits) {
        List<Long> pieces = new ArrayList<>(Internals.of(op).bytes(limits));
        pieces.addAll(products.scratch(product, limits));
        return pieces;
    }

    @Override
    public List<Launch> launches(Op op, PlanFacts plan) {
        return unplaced(op, plan).stream().map(Counters::behind).toList();
    }

    /** Launches whose pieces of scratch memory are not placed yet. */
    private List<Launch> unplaced(Op op, PlanFacts plan) {
        return switch (op) {
            case Embed embed -> products.embed(embed, plan);
            case MatMul product -> products.matMul(product, product.out(), null, plan);
            case MatMulAdd fused -> products.matMul(fused.product(), fused.sum().out(), fused.residual(), plan);
            case ExpertMatMul product -> products.expertMatMul(product, plan);
            case Attention attention -> attentions.attention(attention, plan);
            case AttentionInput fused -> attentionInput(fused, plan);
            case NormGateUpGlu fused -> normGateUpGlu(fused, plan);
            default -> common.launches(op, plan);
        };
    }

    private List<Launch> attentionInput(AttentionInput op, PlanFacts plan) {
        Internals internals = Internals.of(op);
        List<Launch> launches = new ArrayList<>(inputs.oneRow(op, internals, plan));
        launches.addAll(several(AttentionInputs.products(op), internals, plan));
        launches.add(inputs.heads(op, internals, plan));
        return launches;
    }

    private List<Launch> normGateUpGlu(NormGateUpGlu op, PlanFacts plan) {
        List<Launch> launches = new ArrayList<>();
        launches.add(products.gateUp(op, plan));
        launches.addAll(several(op.parts(), Internals.of(op), plan));
        return launches;
    }

    /**
     * Parts of a fused operation, one after the other, in steps with several rows. What two parts do alike, rounding the same
     * activations into the same place, is done once.
     */
    private List<Launch> several(List<Op> parts, Internals internals, PlanFacts plan) {
        Set<Launch> launches = new LinkedHashSet<>();
        for (Op part : parts) {
            Span span = Span.from(part.writes().getFirst().rows(), Products.SEVERAL);
            if (span.within(plan.limits())) {
                unplaced(part, plan).stream()
                        .filter(launch -> !launch.span().equals(Span.one(span.count())))
                        .map(internals::placed)
                        .map(launch -> launch.span().equals(Span.ALWAYS)
                                ? new Launch(launch.kernel(), launch.args(), launch.grid(), span)
                                : launch)
                        .forEach(launches::add);
            }
        }
        return List.copyOf(launches);
    }

    @Override
    public String text(KernelId kernel) {
        return PtxModules.text(kernel.file(), target);
    }
}
