package dev.javelin.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a device should answer, and how far off it may be: the counterpart of {@link Observed}. */
final class Expected {

    /** By output name; only the rows that the turn has. */
    final List<Map<String, Estimate>> turns = new ArrayList<>();

    /** By {@link DenseKv#name name}. */
    final Map<String, Estimate> kept = new LinkedHashMap<>();
}
