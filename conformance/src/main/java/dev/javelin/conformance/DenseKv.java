package dev.javelin.conformance;

import dev.javelin.api.Format;
import dev.javelin.api.KvGroup;
import dev.javelin.kernels.format.Codec;
import dev.javelin.kernels.format.Codecs;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** What one sequence has kept in one layer: a plain list of keys and of values, without blocks. For one thread. */
final class DenseKv {

    private final KvGroup group;
    private final List<Estimate> keys;
    private final List<Estimate> values;

    DenseKv(KvGroup group) {
        this(group, new ArrayList<>(), new ArrayList<>());
    }

    private DenseKv(KvGroup group, List<Estimate> keys, List<Estimate> values) {
        this.group = group;
        this.keys = keys;
        this.values = values;
    }

    /** How both sides of a comparison call it. */
    static String name(KvGroup group, int layer, int sequence, boolean keys) {
        return "%s of sequence %d, group %s, layer %d"
                .formatted(keys ? "keys" : "values", sequence, group.name(), layer);
    }

    /** The first tokens, to go on from. */
    DenseKv fork(int length) {
        return new DenseKv(
                group,
                new ArrayList<>(keys.subList(0, Math.min(length, keys.size()))),
                new ArrayList<>(values.subList(0, Math.min(length, values.size()))));
    }

    /** Keeps one token; what was kept from that index on is forgotten. */
    void keep(int index, Estimate key, Estimate value) {
        while (keys.size() > index) {
            keys.removeLast();
            values.removeLast();
        }
        keys.add(rounded(key, group.keyFormat()));
        values.add(rounded(value, group.valueFormat()));
    }

    /** Keeps one token that is already in the group's formats. */
    void keepExact(Estimate key, Estimate value) {
        keys.add(key);
        values.add(value);
    }

    Estimate key(int index) {
        return keys.get(index);
    }

    Estimate value(int index) {
        return values.get(index);
    }

    /** All kept keys, or values, one token after the other. */
    Estimate all(boolean ofKeys) {
        List<Estimate> kept = ofKeys ? keys : values;
        int width = group.kvHeads() * (ofKeys ? group.keySize() : group.valueSize());
        Estimate all = new Estimate(kept.size() * width);
        for (int token = 0; token < kept.size(); token++) {
            System.arraycopy(kept.get(token).value, 0, all.value, token * width, width);
            System.arraycopy(kept.get(token).noise, 0, all.noise, token * width, width);
        }
        return all;
    }

    /**
     * The numbers as the format keeps them. A device may land on the neighbouring step of the format where a number lies
     * between two, so a fraction of a step is added to the noise: small enough that one step is within the tolerance of a
     * single number, and two steps are not.
     */
    private static Estimate rounded(Estimate x, Format format) {
        if (format == Format.F32) {
            return x;
        }
        float[] plain = new float[x.size()];
        for (int i = 0; i < plain.length; i++) {
            plain[i] = (float) x.value[i];
        }
        Codec codec = Codecs.of(format);
        MemorySegment bytes = MemorySegment.ofArray(new byte[Math.toIntExact(format.bytes(plain.length))]);
        codec.encode(plain, 0, plain.length, bytes, 0);
        float[] kept = new float[plain.length];
        codec.decode(bytes, 0, kept, 0, plain.length);
        Estimate rounded = Estimate.exact(kept);
        for (int i = 0; i < kept.length; i++) {
            rounded.noise[i] = x.noise[i] + step(format, plain, i) / 9;
        }
        return rounded;
    }

    /** The distance of neighbouring numbers of the format near an element. */
    private static double step(Format format, float[] x, int element) {
        if (format == Format.F16) {
            return Math.max(0x1p-24, Math.abs(x[element]) * 0x1p-10);
        }
        int length = format.blockLength();
        int block = element / length * length;
        double most = 0;
        for (int i = block; i < block + length; i++) {
            most = Math.max(most, Math.abs(x[i]));
        }
        return most / 127;
    }
}
