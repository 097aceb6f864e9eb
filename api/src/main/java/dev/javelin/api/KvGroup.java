package dev.javelin.api;

/**
 * Layers that keep keys and values in the same way.
 *
 * @param name unique among the groups of a model
 * @param window tokens that a query sees, itself included; 0 for all. Blocks wholly behind the window need not be kept
 */
public record KvGroup(
        String name,
        int layers,
        int kvHeads,
        int keySize,
        int valueSize,
        int window,
        Format keyFormat,
        Format valueFormat)
        implements StateGroup {

    public KvGroup {
        Check.that(!name.isBlank(), "a state group needs a name");
        Check.that(
                layers > 0 && kvHeads > 0 && keySize > 0 && valueSize > 0,
                "layers, kvHeads and sizes must be positive: group=%s, layers=%d, kvHeads=%d, keySize=%d, valueSize=%d",
                name,
                layers,
                kvHeads,
                keySize,
                valueSize);
        Check.that(window >= 0, "window must not be negative: group=%s, window=%d", name, window);
        check(name, "key", keyFormat, keySize);
        check(name, "value", valueFormat, valueSize);
        Check.that(
                Math.multiplyExact((long) kvHeads, Math.max(keySize, valueSize)) <= Integer.MAX_VALUE,
                "a row of keys has at most 2^31-1 elements: group=%s",
                name);
    }

    private static void check(String group, String what, Format format, int size) {
        Check.that(
                format == Format.F32 || format == Format.F16 || format == Format.Q8_0,
                "keys and values are kept in F32, F16 or Q8_0: group=%s, %sFormat=%s",
                group,
                what,
                format);
        Check.that(
                size % format.blockLength() == 0,
                "%sSize must be a multiple of %d to be kept in %s: group=%s, %sSize=%d",
                what,
                format.blockLength(),
                format,
                group,
                what,
                size);
    }

    /** Bytes of the keys of one token in one layer. */
    public long keyBytes() {
        return keyFormat.bytes((long) kvHeads * keySize);
    }

    /** Bytes of the values of one token in one layer. */
    public long valueBytes() {
        return valueFormat.bytes((long) kvHeads * valueSize);
    }

    @Override
    public int seenFrom(int length) {
        return window == 0 ? 0 : Math.max(0, length - window + 1);
    }

    @Override
    public String summary() {
        return name + ":" + keyFormat + "/" + valueFormat;
    }

    @Override
    public long blockBytes(int blockTokens) {
        return Math.multiplyExact(Math.multiplyExact((long) layers, keyBytes() + valueBytes()), blockTokens);
    }
}
