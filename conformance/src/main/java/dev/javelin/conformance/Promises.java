package dev.javelin.conformance;

import java.util.List;
import java.util.stream.Stream;

/** All that the kit checks besides numbers. */
public final class Promises {

    private static final List<Promise> ALL = Stream.of(
                    LifeCyclePromises.all(),
                    MemoryPromises.all(),
                    LoadingPromises.all(),
                    PlanPromises.all(),
                    StepPromises.all(),
                    ConcurrencyPromises.all(),
                    CompanyPromises.all())
            .flatMap(List::stream)
            .toList();

    private Promises() {}

    public static List<Promise> all() {
        return ALL;
    }
}
