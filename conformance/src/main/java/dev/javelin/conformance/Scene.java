package dev.javelin.conformance;

import dev.javelin.api.StepColumn.Source;
import dev.javelin.conformance.Turn.NewToken;
import dev.javelin.conformance.Turn.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** One step of several sequences: of each, its length in the end and how many of its tokens are new. */
enum Scene {
    FIRST_TOKEN(new Sequence(1, 1)),
    DECODE(new Sequence(37, 1)),
    PROMPT(new Sequence(33, 33)),
    CHUNK(new Sequence(45, 13)),
    DECODE_MANY(new Sequence(1, 1), new Sequence(16, 1), new Sequence(17, 1), new Sequence(64, 1), new Sequence(33, 1)),
    MIXED(new Sequence(50, 1), new Sequence(23, 23), new Sequence(40, 7), new Sequence(16, 1), new Sequence(2, 2)),
    FEW(new Sequence(5, 1), new Sequence(19, 4), new Sequence(2, 2)),
    LONG(new Sequence(300, 2), new Sequence(257, 1)),
    LONG_PROMPT(new Sequence(207, 207));

    static final Axis<Scene> AXIS = Axis.of("scene", List.of(values()));

    /** Positions are apart from KV indices and mostly below, or nobody would notice who takes one for the other. */
    private static final int POSITIONS_FROM = 13;

    /** Of one sequence, its length in the end and how many of its tokens are new. */
    private record Sequence(int length, int added) {}

    @SuppressWarnings("ImmutableEnumChecker") // the list is immutable
    private final List<Sequence> sequences;

    Scene(Sequence... sequences) {
        this.sequences = List.of(sequences);
    }

    int count() {
        return sequences.size();
    }

    int length(int sequence) {
        return sequences.get(sequence).length();
    }

    /** Pairs of a new token and one that it may see. */
    long pairs() {
        long pairs = 0;
        for (Sequence sequence : sequences) {
            pairs += (long) sequence.length() * sequence.added();
        }
        return pairs;
    }

    /** @param trees whether new tokens see each other along a random tree instead of all earlier ones */
    List<Part> parts(boolean trees, SplittableRandom random) {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < sequences.size(); i++) {
            int added = sequences.get(i).added();
            int from = sequences.get(i).length() - added;
            List<NewToken> tokens = new ArrayList<>();
            for (int j = 0; j < added; j++) {
                tokens.add(new NewToken(Source.ID, 0, POSITIONS_FROM * (i % 2) + (from + j) / 2));
            }
            boolean tree = trees && i % 2 == 0; // sequences with and without one, side by side
            parts.add(new Part(i, from, tokens, tree ? tree(added, random) : List.of()));
        }
        return parts;
    }

    /** Of each token, its ancestors: the parent is any earlier token, or none. */
    static List<List<Integer>> tree(int tokens, SplittableRandom random) {
        List<List<Integer>> sees = new ArrayList<>();
        for (int i = 0; i < tokens; i++) {
            List<Integer> ancestors = new ArrayList<>();
            int parent = random.nextInt(-1, i);
            if (parent >= 0) {
                ancestors.addAll(sees.get(parent));
                ancestors.add(parent);
            }
            sees.add(ancestors);
        }
        return sees;
    }
}
