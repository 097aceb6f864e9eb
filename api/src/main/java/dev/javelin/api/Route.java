package dev.javelin.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the experts of each row and their shares.
 *
 * <p>The logits become scores (softmax over all experts, or sigmoid of each). The {@code k} experts with the largest score plus
 * bias are chosen, largest first, of equal ones the lowest index first; NaN counts as negative infinity. Their shares are
 * their scores without bias, divided by the sum of the chosen ones if {@code renormalise}, times {@code scale}.
 *
 * @param experts {@code [rows, k]} I32
 * @param shares {@code [rows, k]}
 * @param logits {@code [rows, experts]}
 * @param bias {@code [experts]} F32, changes the choice only
 */
public record Route(
        Value experts,
        Value shares,
        Value logits,
        Scoring scoring,
        @Nullable Value bias,
        boolean renormalise,
        float scale)
        implements Op {

    /** How logits become scores. */
    public enum Scoring {
        SOFTMAX,
        SIGMOID
    }

    public Route {
        Operands.result("Route", experts, Format.I32);
        Operands.result("Route", shares, Format.F32);
        Operands.floats("Route", logits);
        Operands.rank("Route", logits, 2);
        Operands.rank("Route", experts, 2);
        Operands.sameShape("Route", experts, shares);
        Operands.sameRows("Route", experts, logits);
        Operands.vector("Route", bias, logits.width());
        Operands.finite("Route", "scale", scale);
        Check.that(
                experts.width() <= logits.width(),
                "[Route] cannot choose more experts than there are: experts=%s, logits=%s",
                experts,
                logits);
    }

    /** Experts chosen for each row. */
    public int k() {
        return experts.width();
    }

    @Override
    public List<Value> reads() {
        return Operands.list(logits, bias);
    }

    @Override
    public List<Value> writes() {
        return List.of(experts, shares);
    }
}
