package dev.javelin.runtime.model;

import dev.javelin.api.Value;

/** What a family reads from a file, and how its layers are wired. Immutable. */
interface Architecture {

    /** The sizes that it shares with all others. */
    Dimensions size();

    /** Where its layers keep keys and values. */
    default KvLayers keep(KvFormats formats) {
        return KvLayers.all(size(), formats);
    }

    /** Factor of the embeddings. */
    default float embeddingScale() {
        return 1;
    }

    /** Soft cap of the logits; 0 for none. */
    default float logitCap() {
        return 0;
    }

    /** The hidden state after one layer. */
    Value layer(Graph graph, int layer, Value x);
}
