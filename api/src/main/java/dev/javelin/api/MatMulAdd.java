package dev.javelin.api;

import java.util.List;

/** A product and the residual that is added to it. The product is either side of the sum. */
public record MatMulAdd(MatMul product, Binary sum) implements FusedOp {
    public MatMulAdd {
        Check.that(
                sum.kind() == Binary.Kind.ADD
                        && !sum.broadcast()
                        && sum.a().equals(product.out()) != sum.b().equals(product.out()),
                "[MatMulAdd] the sum must add the product to something else: product=%s, sum=%s",
                product,
                sum);
    }

    /** What is added to the product. */
    public Value residual() {
        return sum.a().equals(product.out()) ? sum.b() : sum.a();
    }

    @Override
    public List<Op> parts() {
        return List.of(product, sum);
    }

    @Override
    public List<Value> writes() {
        return List.of(sum.out());
    }
}
