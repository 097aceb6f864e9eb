package dev.javelin.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of neighbouring operations and the fused operation that takes their place. A device lists those it has kernels
 * for, best first, and {@link Lowering} applies them.
 */
public enum Fusion {
    /** See {@link dev.javelin.api.AttentionInput}. */
    ATTENTION_INPUT {
        @Override
        @Nullable
        FusedOp build(Window ops) {
            if (ops.next() instanceof RmsNorm norm
                    && ops.next() instanceof MatMul query
                    && ops.next() instanceof MatMul key
                    && ops.next() instanceof MatMul value) {
                RmsNorm queryNorm = ops.optionalNorm(query.out());
                RmsNorm keyNorm = ops.optionalNorm(key.out());
                if (ops.next() instanceof Rope queryRope
                        && ops.next() instanceof Rope keyRope
                        && ops.next() instanceof WriteKv write) {
                    return new AttentionInput(norm, query, key, value, queryNorm, keyNorm, queryRope, keyRope, write);
                }
            }
            return null;
        }
    },
    /** See {@link dev.javelin.api.NormGateUpGlu}. */
    NORM_GATE_UP_GLU {
        @Override
        @Nullable
        FusedOp build(Window ops) {
            return ops.next() instanceof RmsNorm norm
                            && ops.next() instanceof MatMul gate
                            && ops.next() instanceof MatMul up
                            && ops.next() instanceof Glu glu
                    ? new NormGateUpGlu(norm, gate, up, glu)
                    : null;
        }
    },
    /** See {@link dev.javelin.api.MatMulAdd}. */
    MAT_MUL_ADD {
        @Override
        @Nullable
        FusedOp build(Window ops) {
            return ops.next() instanceof MatMul product && ops.next() instanceof Binary sum
                    ? new MatMulAdd(product, sum)
                    : null;
        }
    },
    /** See {@link dev.javelin.api.AddRmsNorm}. */
    ADD_RMS_NORM {
        @Override
        @Nullable
        FusedOp build(Window ops) {
            return ops.next() instanceof Binary sum && ops.next() instanceof RmsNorm norm
                    ? new AddRmsNorm(sum, norm)
                    : null;
        }
    };

    /** The fused operation if the right kinds of operation follow each other; its constructor checks how they are wired. */
    abstract @Nullable FusedOp build(Window ops);

    /** The fused operation that takes the place of as many operations as it has parts, or null. */
    @Nullable
    FusedOp match(List<Op> ops, int at) {
        try { // the constructors know the wiring; a second copy of their rules here could only disagree
            return build(new Window(ops, at));
        } catch (IllegalArgumentException otherWiring) {
            return null;
        }
    }

    /** The operations from some place on, read one after the other. */
    static final class Window {
        private final List<Op> ops;
        private int at;

        private Window(List<Op> ops, int at) {
            this.ops = ops;
            this.at = at;
        }

        @Nullable
        Op next() {
            return at < ops.size() ? ops.get(at++) : null;
        }

        /** The norm of that value, if it is what comes next. */
        @Nullable
        RmsNorm optionalNorm(Value x) {
            if (at < ops.size()
                    && ops.get(at) instanceof RmsNorm norm
                    && norm.x().equals(x)) {
                at++;
                return norm;
            }
            return null;
        }
    }
}
