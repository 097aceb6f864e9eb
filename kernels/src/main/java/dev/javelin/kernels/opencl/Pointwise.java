package dev.javelin.kernels.opencl;

import dev.javelin.api.Activation;
import dev.javelin.api.Binary;
import dev.javelin.api.ExpertSum;
import dev.javelin.api.Glu;
import dev.javelin.api.Rows;
import dev.javelin.api.Scale;
import dev.javelin.api.SoftCap;
import dev.javelin.api.StepColumn;
import dev.javelin.api.Unary;
import dev.javelin.api.Value;
import dev.javelin.kernels.gpu.KernelId;
import dev.javelin.kernels.gpu.Launch;
import dev.javelin.kernels.gpu.PlanFacts;
import java.util.List;

/** Launches with a work-item for each element of the result. */
final class Pointwise {
    private final Sizes sizes;

    Pointwise(Sizes sizes) {
        this.sizes = sizes;
    }

    List<Launch> unary(Unary op, PlanFacts plan) {
        Args args = new Args(plan).operand(op.out()).operand(op.x());
        return launch("unary", args, op.out(), code(op.activation()));
    }

    List<Launch> glu(Glu op, PlanFacts plan) {
        Args args = new Args(plan).operand(op.out()).operand(op.gate()).operand(op.up());
        return launch("glu", args, op.out(), code(op.activation()));
    }

    List<Launch> scale(Scale op, PlanFacts plan) {
        Args args = new Args(plan).operand(op.out()).operand(op.x());
        return launch("scale", shape(args, op.out()).real(op.factor()), op.out());
    }

    List<Launch> softCap(SoftCap op, PlanFacts plan) {
        Args args = new Args(plan).operand(op.out()).operand(op.x());
        return launch("soft_cap", shape(args, op.out()).real(op.cap()), op.out());
    }

    List<Launch> binary(Binary op, PlanFacts plan) {
        Args args = new Args(plan).operand(op.out()).operand(op.a());
        if (op.broadcast()) {
            args.vector(op.b());
        } else {
            args.operand(op.b());
        }
        int kind = switch (op.kind()) {
            case ADD -> 0;
            case MULTIPLY -> 1;
        };
        return launch("binary", args, op.out(), kind, op.broadcast() ? 1 : 0);
    }

    List<Launch> expertSum(ExpertSum op, PlanFacts plan) {
        Args args = new Args(plan)
                .operand(op.out())
                .operand(op.x())
                .operand(op.shares())
                .counts()
                .rows(op.out().rows())
                .number(op.shares().width())
                .number(op.out().width());
        return launch("expert_sum", args, op.out());
    }

    List<Launch> rows(Rows op, PlanFacts plan) {
        Args args = new Args(plan)
                .operand(op.out())
                .operand(op.x())
                .column(StepColumn.OUTPUT_TOKEN)
                .counts()
                .number(op.out().width());
        return launch("rows", args, op.out());
    }

    private static Args shape(Args args, Value out) {
        return args.counts().rows(out.rows()).number(out.width());
    }

    private List<Launch> launch(String entry, Args args, Value out, int... numbers) {
        shape(args, out);
        for (int number : numbers) {
            args.number(number);
        }
        return launch(entry, args, out);
    }

    private List<Launch> launch(String entry, Args args, Value out) {
        return List.of(Launches.elements(new KernelId("pointwise", entry), args, sizes, out.width(), out.rows()));
    }

    private static int code(Activation activation) {
        return switch (activation) {
            case SILU -> 0;
            case GELU_TANH -> 1;
            case GELU_ERF -> 2;
            case RELU_SQUARED -> 3;
        };
    }
}
