package dev.javelin.synth;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Llama 3 and 3.2.
 *
 * @param stretch how 3.1 and later turn slow pairs more slowly, for longer contexts; null before
 */
record Llama(@Nullable Stretch stretch) implements Family {

    /**
     * Pairs that turn less than {@code low} times within the {@code original} context are slowed by {@code factor}, those
     * that turn more than {@code high} times are not, and those between by something between.
     */
    record Stretch(double factor, double low, double high, double original) {

        /** The factors of all pairs of a head, by which angles are divided. */
        List<Float> factors(int headSize, double base) {
            List<Float> factors = new ArrayList<>();
            for (int i = 0; i < headSize; i += 2) {
                double turns = original * Math.pow(base, -(double) i / headSize) / (2 * Math.PI);
                double share = Math.clamp((turns - low) / (high - low), 0.0, 1.0);
                factors.add((float) (1 / ((1 - share) / factor + share)));
            }
            return factors;
        }
    }

    @Override
    public String architecture() {
        return "llama";
    }

    @Override
    public String preTokenizer() {
        return "llama-bpe";
    }

    @Override
    public List<Tensor> layer(Sizes sizes) {
        return new LayerTensors(sizes).norms().attention().feedForward().toList();
    }

    @Override
    public List<Tensor> others(Shape shape) {
        return stretch == null
                ? List.of()
                : List.of(Tensor.vector(
                        "rope_freqs.weight", stretch.factors(shape.sizes().headSize(), shape.ropeBase())));
    }
}
