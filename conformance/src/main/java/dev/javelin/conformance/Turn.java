package dev.javelin.conformance;

import dev.javelin.api.Dim;
import dev.javelin.api.Format;
import dev.javelin.api.StepColumn.Source;
import dev.javelin.api.Want;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run of a case, in terms of sequences and not of memory: which begin as copies of others, the new tokens of each, and
 * what is wanted of them. Where their state lies is decided by {@link BlockTables}.
 */
record Turn(List<Fork> forks, List<Part> parts, List<Wanted> wanted) {

    /** Before the run, a sequence begins as the first tokens of another; whole blocks are shared, the last is copied. */
    record Fork(int from, int to, int length) {}

    /**
     * The new tokens of a sequence.
     *
     * @param sequence the same number in all turns; the order in the step is that of the parts
     * @param kvFrom KV index of the first; below the length so far is a rollback
     * @param sees for a tree, of each new token which earlier new ones it sees; empty for none
     */
    record Part(int sequence, int kvFrom, List<NewToken> tokens, List<List<Integer>> sees) {
        Part {
            tokens = List.copyOf(tokens);
            sees = List.copyOf(sees);
        }

        boolean tree() {
            return !sees.isEmpty();
        }
    }

    /**
     * A new token.
     *
     * @param what id, output row of the run before, or embedding row of the case's contents
     */
    record NewToken(Source source, int what, int position) {}

    /** What is wanted of a token of the step, what may be chosen for it (null for anything) and what is added to logits. */
    record Wanted(int token, int wants, @Nullable List<Integer> allowed, List<Bias> biases) {
        Wanted(int token, Want... wants) {
            this(token, Want.bits(wants), null, List.of());
        }
    }

    /** What is added to one logit. */
    record Bias(int id, float value) {}

    Turn {
        forks = List.copyOf(forks);
        parts = List.copyOf(parts);
        wanted = List.copyOf(wanted);
    }

    static Turn of(List<Part> parts, List<Wanted> wanted) {
        return new Turn(List.of(), parts, wanted);
    }

    int tokens() {
        return parts.stream().mapToInt(part -> part.tokens().size()).sum();
    }

    /** The size that the dimension has in this run. */
    int count(Dim dim) {
        return switch (dim) {
            case Dim.Fixed(int size) -> size;
            case Dim.Symbol.TOKENS -> tokens();
            case Dim.Symbol.OUTPUTS -> wanted.size();
            case Dim.Symbol.SEQUENCES -> parts.size();
        };
    }

    /** Whether a token stands for what the run before chose; such a run cannot simply be repeated. */
    boolean feedsBack() {
        return parts.stream()
                .flatMap(part -> part.tokens().stream())
                .anyMatch(token -> token.source() == Source.FEEDBACK);
    }

    /** Bytes of one element; activations are F32 or I32. */
    static final int ELEMENT_BYTES = Format.F32.blockBytes();
}
