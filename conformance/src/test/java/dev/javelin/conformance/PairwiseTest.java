package dev.javelin.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class PairwiseTest {

    private static final Axis<Integer> A = Axis.of("a", List.of(1, 2, 3, 4, 5, 6, 7));
    private static final Axis<String> B = Axis.of("b", List.of("x", "y", "z"));
    private static final Axis<Boolean> C = Axis.of("c", List.of(false, true));
    private static final Axis<Integer> D = Axis.drawn("d", List.of(1, 2, 3, 4));
    private static final List<Axis<?>> AXES = List.of(A, B, C, D);

    private static Set<String> pairs(List<Choice> choices) {
        Set<String> pairs = new HashSet<>();
        for (Choice choice : choices) {
            for (Axis<?> one : AXES) {
                for (Axis<?> other : AXES) {
                    if (!one.equals(other)) {
                        pairs.add(one.name() + choice.of(one) + "," + other.name() + choice.of(other));
                    }
                }
            }
        }
        return pairs;
    }

    private static List<Choice> all(Predicate<Choice> allowed) {
        List<Axis<?>> crossed = List.of(A, B, C, Axis.of("d", D.values()));
        return Product.of(crossed, allowed, new SplittableRandom(1)).toList();
    }

    @Test
    void coversAllPairsWithFewChoices() {
        for (long seed = 0; seed < 20; seed++) {
            List<Choice> covering = Pairwise.cover(AXES, choice -> true, new SplittableRandom(seed));
            assertThat(pairs(covering)).isEqualTo(pairs(all(choice -> true)));
            assertThat(covering).hasSizeBetween(28, 40); // the two largest axes alone need 7 times 4
        }
    }

    @Test
    void coversWhatIsAllowedAndNothingElse() {
        Predicate<Choice> allowed = choice -> choice.of(A) * choice.of(D) <= 8 && !(choice.of(C) && choice.of(A) == 1);
        for (long seed = 0; seed < 20; seed++) {
            List<Choice> covering = Pairwise.cover(AXES, allowed, new SplittableRandom(seed));
            assertThat(covering).allMatch(allowed);
            assertThat(pairs(covering)).isEqualTo(pairs(all(allowed)));
        }
    }

    @Test
    void theSeedDecides() {
        List<String> one = labels(3);
        assertThat(labels(3)).isEqualTo(one);
        assertThat(labels(4)).isNotEqualTo(one);
    }

    private static List<String> labels(long seed) {
        return Pairwise.cover(AXES, choice -> true, new SplittableRandom(seed)).stream()
                .map(Choice::label)
                .toList();
    }

    @Test
    void theProductCrossesWhatIsCrossedAndDrawsTheRest() {
        List<Choice> product =
                Product.of(AXES, choice -> true, new SplittableRandom(1)).toList();
        assertThat(product).hasSize(7 * 3 * 2).hasSize((int) Product.size(AXES));
        assertThat(product.stream().map(choice -> choice.of(D)).distinct()).hasSize(4);
    }
}
