package dev.javelin.conformance;

import dev.javelin.api.KvGroup;
import java.util.Arrays;

/** Where a block in its exported form holds the keys or values of one token in one layer. */
record Slot(int offset, int bytes) {

    static Slot of(KvGroup group, int blockTokens, int layer, int token, boolean keys) {
        long layerBytes = (group.keyBytes() + group.valueBytes()) * blockTokens;
        long inLayer = keys ? token * group.keyBytes() : blockTokens * group.keyBytes() + token * group.valueBytes();
        return new Slot(
                Math.toIntExact(layer * layerBytes + inLayer),
                Math.toIntExact(keys ? group.keyBytes() : group.valueBytes()));
    }

    /** Whether two blocks hold the same here. */
    boolean same(byte[] one, byte[] other) {
        return Arrays.equals(one, offset, offset + bytes, other, offset, offset + bytes);
    }
}
