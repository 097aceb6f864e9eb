package dev.javelin.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that comes before attention: norm, the query, key and value products of it, norms of each query and key head, rotation,
 * and keeping keys and values. Only the queries are of use to others. The three weights may differ in format.
 *
 * @param queryNorm norm over each query head, or none
 * @param keyNorm norm over each key head, or none
 */
public record AttentionInput(
        RmsNorm norm,
        MatMul query,
        MatMul key,
        MatMul value,
        @Nullable RmsNorm queryNorm,
        @Nullable RmsNorm keyNorm,
        Rope queryRope,
        Rope keyRope,
        WriteKv write)
        implements FusedOp {

    public AttentionInput {
        Check.that(
                query.x().equals(norm.out())
                        && key.x().equals(norm.out())
                        && value.x().equals(norm.out()),
                "[AttentionInput] the products must be of the norm: norm=%s, query=%s, key=%s, value=%s",
                norm,
                query,
                key,
                value);
        chain(query, queryNorm, queryRope);
        chain(key, keyNorm, keyRope);
        Check.that(
                write.k().equals(keyRope.out()) && write.v().equals(value.out()),
                "[AttentionInput] the keys kept must be the rotated ones: keyRope=%s, value=%s, write=%s",
                keyRope,
                value,
                write);
    }

    private static void chain(MatMul product, @Nullable RmsNorm norm, Rope rope) {
        Value turned = norm == null ? product.out() : norm.out();
        Check.that(
                rope.x().equals(turned) && (norm == null || norm.x().equals(product.out())),
                "[AttentionInput] product, norm and rotation must follow each other: product=%s, norm=%s, rope=%s",
                product,
                norm,
                rope);
    }

    @Override
    public List<Op> parts() {
        return FusedOp.present(norm, query, key, value, queryNorm, keyNorm, queryRope, keyRope, write);
    }

    @Override
    public List<Value> writes() {
        return List.of(queryRope.out());
    }
}
