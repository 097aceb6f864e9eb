package dev.javelin.conformance;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All cases of the kit. */
public final class Cases {

    private static final List<CaseFamily> FAMILIES = Stream.of(
                    Stream.of(
                            new EmbedCases(),
                            new MatMulCases(),
                            new RmsNormCases(),
                            new RopeCases(),
                            new WriteKvCases(),
                            new AttentionCases(),
                            new SequenceCases()),
                    Stream.of(PointwiseCases.values()),
                    Stream.of(
                            new RowsCases(),
                            new ArgMaxCases(),
                            new TopKCases(),
                            new RouteCases(),
                            new ExpertMatMulCases(),
                            new ExpertSumCases(),
                            new ExpertsCases()),
                    Stream.of(
                            new AddRmsNormCases(),
                            new MatMulAddCases(),
                            new NormGateUpGluCases(),
                            new AttentionInputCases(),
                            new ModelCases()))
            .<CaseFamily>flatMap(families -> families)
            .toList();

    private Cases() {}

    /** The names of all families, most of them names of operations. */
    public static List<String> families() {
        return FAMILIES.stream().map(CaseFamily::operation).toList();
    }

    /** The selected cases of a family, made one after the other. */
    public static Stream<Case> of(String family, Selection selection) {
        CaseFamily cases = family(family);
        return selection.choices(cases).map(choice -> build(cases, choice, selection.seed()));
    }

    /** Combinations of a family's crossed axes, those that do not go together included. */
    static long productSize(String family) {
        return Product.size(family(family).axes());
    }

    /** Combinations of the crossed axes of all families. */
    static long productSize() {
        return families().stream().mapToLong(Cases::productSize).sum();
    }

    /** All selected cases. */
    public static Stream<Case> of(Selection selection) {
        return families().stream().flatMap(family -> of(family, selection));
    }

    /** Whether it is the name of a case, and not of something else that the kit checks. */
    static boolean isName(String name) {
        return families().stream().anyMatch(family -> name.startsWith(family + "["));
    }

    /** The case of that name, as failures print it; also one that the selection of this seed does not have. */
    public static Case named(String name, long seed) {
        int bracket = name.indexOf('[');
        if (bracket < 0 || !name.endsWith("]")) {
            throw new IllegalArgumentException("a case is named Family[axis=value,...]: name=" + name);
        }
        CaseFamily family = family(name.substring(0, bracket));
        Map<String, String> values = new TreeMap<>();
        for (String pick : name.substring(bracket + 1, name.length() - 1).split(",", -1)) {
            int equals = pick.indexOf('=');
            values.put(pick.substring(0, Math.max(0, equals)), pick.substring(equals + 1));
        }
        Choice choice = Choice.parse(family.axes(), values);
        if (!family.allowed(choice)) {
            throw new IllegalArgumentException("these values do not go together: name=" + name);
        }
        return build(family, choice, seed);
    }

    /** A case with these values on its axes as far as it has them, and the first value on the others. */
    static Case typical(String family, Map<String, String> wishes, long seed) {
        CaseFamily cases = family(family);
        Map<String, String> values = new TreeMap<>();
        for (Axis<?> axis : cases.axes()) {
            String wish = wishes.getOrDefault(axis.name(), "");
            boolean known =
                    axis.values().stream().anyMatch(value -> value.toString().equals(wish));
            values.put(axis.name(), known ? wish : axis.values().getFirst().toString());
        }
        return build(cases, Choice.parse(cases.axes(), values), seed);
    }

    private static CaseFamily family(String name) {
        return FAMILIES.stream()
                .filter(family -> family.operation().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("no such family: name=%s, known=%s".formatted(name, families())));
    }

    private static Case build(CaseFamily family, Choice choice, long seed) {
        return family.build(choice, "%s[%s]".formatted(family.operation(), choice.label()), seed);
    }
}
