package dev.javelin.runtime.model;

import dev.javelin.api.KvGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Which layer keeps its keys and values where: those that see everything in one group, those with a window in another, so
 * that these need not hold the whole context.
 */
final class KvLayers {

    /** The place of a layer. */
    record Place(KvGroup group, int index) {}

    private final List<Place> places;

    private KvLayers(List<Place> places) {
        this.places = List.copyOf(places);
    }

    /** All layers alike. */
    static KvLayers all(Dimensions size, KvFormats formats) {
        return windowed(size, formats, 0, layer -> false);
    }

    /** Some layers with a window. */
    static KvLayers windowed(Dimensions size, KvFormats formats, int window, IntPredicate windowed) {
        int[] counts = new int[2];
        List<Integer> indexes = new ArrayList<>();
        for (int layer = 0; layer < size.layers(); layer++) {
            indexes.add(counts[windowed.test(layer) ? 1 : 0]++);
        }
        List<Place> places = new ArrayList<>();
        for (int layer = 0; layer < size.layers(); layer++) {
            boolean recent = windowed.test(layer);
            KvGroup group = new KvGroup(
                    recent ? "recent" : "all",
                    counts[recent ? 1 : 0],
                    size.kvHeads(),
                    size.keySize(),
                    size.valueSize(),
                    recent ? window : 0,
                    formats.keys(),
                    formats.values());
            places.add(new Place(group, indexes.get(layer)));
        }
        return new KvLayers(places);
    }

    Place of(int layer) {
        return places.get(layer);
    }
}
