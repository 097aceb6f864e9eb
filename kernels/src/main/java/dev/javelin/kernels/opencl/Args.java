package dev.javelin.kernels.opencl;

import dev.javelin.api.Dim;
import dev.javelin.api.StepColumn;
import dev.javelin.api.Value;
import dev.javelin.kernels.gpu.Arg;
import dev.javelin.kernels.gpu.PlanFacts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the arguments of a kernel in the order of its parameters. For one thread. */
public final class Args {
    private final PlanFacts plan;
    private final List<Arg> args = new ArrayList<>();

    /** For a kernel of a plan. */
    public Args(PlanFacts plan) {
        this.plan = plan;
    }

    /** What was added. */
    public List<Arg> list() {
        return List.copyOf(args);
    }

    /** Adds one. */
    public Args add(Arg arg) {
        args.add(arg);
        return this;
    }

    /** All of the others, behind these. */
    Args addAll(Args others) {
        args.addAll(others.args);
        return this;
    }

    /** An input or a result. */
    public Args operand(Value value) {
        return add(new Arg.Operand(value));
    }

    /** All planes of a matrix and the codes of its format; what the format lacks is never read. */
    public Args matrix(Value weight) {
        return planes(weight).codes(weight);
    }

    /** All planes of a matrix; those that its format lacks are never read. */
    public Args planes(Value weight) {
        Packing packing = Packings.of(weight.format());
        for (int plane = 0; plane < Packing.PLANES; plane++) {
            add(new Arg.WeightPlane(weight, plane < packing.units().size() ? plane : 0));
        }
        return this;
    }

    /** The codes of a matrix's format, or something that is never read. */
    public Args codes(Value weight) {
        Arg codes = Packings.of(weight.format()).codes();
        return add(codes == null ? new Arg.WeightPlane(weight, 0) : codes);
    }

    /** A weight that is read element by element: where it is a matrix too, its plain numbers lie behind the other planes. */
    public Args vector(Value weight) {
        int plane = Packing.packed(plan.uses(weight))
                ? Packings.of(weight.format()).units().size()
                : 0;
        return add(new Arg.WeightPlane(weight, plane));
    }

    /** A weight that an operation may lack; then something that is never read. */
    public Args vectorOr(@Nullable Value weight, Value unused) {
        return weight == null ? operand(unused) : vector(weight);
    }

    /** A column of the step. */
    public Args column(StepColumn column) {
        return add(new Arg.Column(column));
    }

    /** The counts of the step. */
    public Args counts() {
        return add(new Arg.Counts());
    }

    /** A number of rows: a constant, or -1 - i for count i of the step. */
    public Args rows(Dim rows) {
        return number(
                switch (rows) {
                    case Dim.Fixed(int size) -> size;
                    case Dim.Symbol.TOKENS -> -1;
                    case Dim.Symbol.SEQUENCES -> -2;
                    case Dim.Symbol.OUTPUTS -> -3;
                });
    }

    /** A whole number. */
    public Args number(int value) {
        return add(new Arg.Int(value));
    }

    /** A float. */
    public Args real(float value) {
        return add(new Arg.Real(value));
    }
}
