package dev.javelin.synth;

import dev.javelin.runtime.gguf.GgufOutput;
import java.util.List;

/** What the models of an architecture have in common: tensors and keys. Immutable. */
interface Family {

    /** Its name in files, with which its keys begin. */
    String architecture();

    /** How its tokenizer cuts text, as files name it. */
    String preTokenizer();

    /** The tensors of each layer. */
    List<Tensor> layer(Sizes sizes);

    /** Tensors besides those of layers, the embeddings and the last norm. */
    default List<Tensor> others(Shape shape) {
        return List.of();
    }

    /** The keys that other families do not have. */
    default void describe(Shape shape, GgufOutput out) {}

    /** Layers of a model that has at least one of each kind. */
    default int leastLayers() {
        return 2;
    }

    /** The same for a small model. */
    default Family scaled() {
        return this;
    }
}
