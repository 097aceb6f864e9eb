package dev.javelin.conformance.broken;

import dev.javelin.api.Device;
import dev.javelin.conformance.Cases;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A device that does one thing wrong beside arithmetic.
 *
 * @param where it shows: the name of a family of cases, or the topic of promises
 * @param opener opens such a device
 */
record DeviceFault(String where, String name, Supplier<Device> opener) {

    /** Whether it shows in cases rather than in promises. */
    boolean inCases() {
        return Cases.families().contains(where);
    }

    static List<DeviceFault> all() {
        return Stream.of(
                        BufferFaults.all(),
                        StateStoreFaults.all(),
                        ClosingFaults.all(),
                        LoadingFaults.all(),
                        SupportFaults.all(),
                        MemoryFaults.all(),
                        PlanFaults.all(),
                        WishFaults.all(),
                        CompanyFaults.all(),
                        DeclaredFaults.all(),
                        StrayWrites.all(),
                        Races.all(),
                        List.of(StaleFaults.late()))
                .flatMap(List::stream)
                .toList();
    }
}
