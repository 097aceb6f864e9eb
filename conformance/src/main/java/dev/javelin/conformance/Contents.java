package dev.javelin.conformance;

import dev.javelin.api.KvGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The numbers that a case works on. Made when the case is run; for one thread. */
final class Contents {

    /** Keys and values that a sequence has from the beginning, already in the form of their formats. */
    static final class Kept {
        final KvGroup group;
        final int sequence;
        final int tokens;
        /** (layers, tokens, kvHeads · keySize), encoded. */
        final byte[] keys;
        /** (layers, tokens, kvHeads · valueSize), encoded. */
        final byte[] values;

        Kept(KvGroup group, int sequence, int tokens, byte[] keys, byte[] values) {
            this.group = group;
            this.sequence = sequence;
            this.tokens = tokens;
            this.keys = keys;
            this.values = values;
        }
    }

    /** Weights by name, encoded. */
    final Map<String, byte[]> weights = new HashMap<>();
    /** F32 inputs by name. */
    final Map<String, float[]> floats = new HashMap<>();
    /** I32 inputs by name. */
    final Map<String, int[]> ints = new HashMap<>();
    /** What sequences have kept before the first turn. */
    final List<Kept> kept = new ArrayList<>();
    /** Rows that stand for tokens. */
    final List<float[]> embeddings = new ArrayList<>();
}
