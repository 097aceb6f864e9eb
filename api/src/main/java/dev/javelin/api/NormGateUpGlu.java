package dev.javelin.api;

import java.util.List;

/** The first half of a gated feed-forward layer: norm, the gate and up products of it, and the gated unit. */
public record NormGateUpGlu(RmsNorm norm, MatMul gate, MatMul up, Glu glu) implements FusedOp {
    public NormGateUpGlu {
        Check.that(
                gate.x().equals(norm.out()) && up.x().equals(norm.out()),
                "[NormGateUpGlu] both products must be of the norm: norm=%s, gate=%s, up=%s",
                norm,
                gate,
                up);
        Check.that(
                glu.gate().equals(gate.out())
                        && glu.up().equals(up.out())
                        && !gate.out().equals(up.out()),
                "[NormGateUpGlu] the unit must take both products: gate=%s, up=%s, glu=%s",
                gate,
                up,
                glu);
    }

    @Override
    public List<Op> parts() {
        return List.of(norm, gate, up, glu);
    }

    @Override
    public List<Value> writes() {
        return List.of(glu.out());
    }
}
