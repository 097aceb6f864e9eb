package dev.javelin.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a device answered: the outputs after each turn, and what sequences have kept in the end. */
final class Observed {

    /** By output name; only the rows that the turn has. */
    final List<Map<String, Snapshot>> turns = new ArrayList<>();

    /** By {@link DenseKv#name name}, decoded. */
    final Map<String, float[]> kept = new LinkedHashMap<>();
}
