package dev.javelin.api;

import java.util.List;

/** A sum that is kept (the residual stream), and its norm. */
public record AddRmsNorm(Binary sum, RmsNorm norm) implements FusedOp {
    public AddRmsNorm {
        Check.that(
                sum.kind() == Binary.Kind.ADD && norm.x().equals(sum.out()),
                "[AddRmsNorm] the norm must be that of the sum: sum=%s, norm=%s",
                sum,
                norm);
    }

    @Override
    public List<Op> parts() {
        return List.of(sum, norm);
    }

    @Override
    public List<Value> writes() {
        return List.of(sum.out(), norm.out());
    }
}
