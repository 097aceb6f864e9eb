package dev.javelin.conformance.broken;

import dev.javelin.api.Device;
import dev.javelin.api.Fusion;
import dev.javelin.api.Limits;
import dev.javelin.api.Lowering;
import dev.javelin.api.Op;
import dev.javelin.conformance.Case;
import dev.javelin.conformance.CaseRunner;
import dev.javelin.conformance.Cases;
import dev.javelin.conformance.Extent;
import dev.javelin.conformance.Selection;
import dev.javelin.conformance.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Looks among the cases that every build runs for one that finds out a fault. For one thread. */
final class Hunt {

    /** A case with its operations, and those of a device that fuses what it can. */
    private record Quarry(Case tried, List<Op> plain, List<Op> fused) {

        static Quarry of(Case tried) {
            List<Op> fused = Lowering.lower(tried.program(), List.of(Fusion.values()), op -> true, "any")
                    .ops();
            return new Quarry(tried, tried.program().ops(), fused);
        }

        boolean concerned(Fault fault) {
            return (fault.fused() ? fused : plain).stream().anyMatch(op -> fault.concerns(op, tried.limits()));
        }
    }

    private final long seed;
    private final Map<Class<? extends Op>, List<Quarry>> cases = new HashMap<>();
    private final Set<Case> sound = new HashSet<>();

    /** The selection of that seed, with the least work first. */
    Hunt(long seed) {
        this.seed = seed;
        Cases.of(new Selection(Extent.PAIRS, seed))
                .sorted(Comparator.comparingLong(Hunt::work))
                .map(Quarry::of)
                .forEach(quarry -> Stream.concat(quarry.plain().stream(), quarry.fused().stream())
                        .<Class<? extends Op>>map(Op::getClass)
                        .distinct()
                        .forEach(kind -> cases.computeIfAbsent(kind, fresh -> new ArrayList<>())
                                .add(quarry)));
    }

    long seed() {
        return seed;
    }

    /** About how long a case takes. */
    private static long work(Case tried) {
        Limits limits = tried.limits();
        return tried.program().ops().stream().mapToLong(op -> work(op, limits)).sum();
    }

    private static long work(Op op, Limits limits) {
        long products = op.weights().stream()
                .mapToLong(weight -> weight.shape().elements() * limits.tokens())
                .sum();
        long writes = op.writes().stream()
                .mapToLong(value -> value.shape().most(limits))
                .sum();
        long attention = op.groups().isEmpty() ? 0 : 100L * limits.context() * limits.tokens();
        return products + writes + attention;
    }

    /** All operations of a kind that cases have. */
    Stream<Op> operations(Class<? extends Op> kind) {
        return cases.getOrDefault(kind, List.of()).stream()
                .flatMap(quarry -> quarry.fused().stream())
                .filter(kind::isInstance);
    }

    /** The cases that the fault makes a difference to, those of its own family first. */
    private Stream<Case> concerned(Fault fault) {
        List<Quarry> all = cases.getOrDefault(fault.op(), List.of());
        return Stream.concat(
                        all.stream().filter(quarry -> quarry.tried().family().equals(fault.family())),
                        all.stream().filter(quarry -> !quarry.tried().family().equals(fault.family())))
                .filter(quarry -> quarry.concerned(fault))
                .map(Quarry::tried);
    }

    /** Whether there is any such case. */
    boolean concerns(Fault fault) {
        return concerned(fault).findFirst().isPresent();
    }

    /** Why a device with the fault fails where one without it passes; nothing if it gets away with it. */
    Optional<String> catches(Fault fault) {
        try (Device broken = FaultyEngine.device(fault)) {
            return concerned(fault)
                    .map(tried -> failure(broken, fault, tried))
                    .flatMap(Optional::stream)
                    .findFirst();
        }
    }

    private Optional<String> failure(Device broken, Fault fault, Case tried) {
        return new CaseRunner(null).check(broken, tried) instanceof Verdict.Failed(String reason)
                        && (sound.contains(tried) || passes(fault, tried))
                ? Optional.of(reason)
                : Optional.empty();
    }

    private boolean passes(Fault fault, Case tried) {
        try (Device device = FaultyEngine.sound(fault.fused())) {
            return new CaseRunner(null).check(device, tried).passed() && sound.add(tried);
        }
    }
}
