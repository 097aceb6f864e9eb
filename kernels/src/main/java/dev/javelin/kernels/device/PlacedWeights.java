package dev.javelin.kernels.device;

import dev.javelin.api.Weights;

/** Weights that know what they were placed for. */
public interface PlacedWeights extends Weights {

    WeightUses uses();
}
