package dev.javelin.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CasesTest {

    private static final Selection SELECTION = new Selection(Extent.PAIRS, 5);

    @Test
    void aNameBringsTheCaseBack() {
        for (String family : Cases.families()) {
            Case one = Cases.of(family, SELECTION).findFirst().orElseThrow();
            Case again = Cases.named(one.name(), one.seed());
            assertThat(again.name()).isEqualTo(one.name());
            assertThat(again.program()).isEqualTo(one.program());
            assertThat(again.turns()).isEqualTo(one.turns());
            assertThat(again.contents().weights.keySet())
                    .isEqualTo(one.contents().weights.keySet());
            one.contents()
                    .weights
                    .forEach((weight, bytes) ->
                            assertThat(again.contents().weights.get(weight)).isEqualTo(bytes));
            one.contents()
                    .floats
                    .forEach((input, values) ->
                            assertThat(again.contents().floats.get(input)).isEqualTo(values));
        }
    }

    @Test
    void namesAreUnique() {
        Set<String> names = new HashSet<>();
        List<Case> cases = Cases.of(SELECTION).toList();
        cases.forEach(tried -> names.add(tried.name()));
        assertThat(names).hasSameSizeAs(cases);
    }

    @Test
    void otherSeedsMakeOtherNumbers() {
        Case one = Cases.of("MatMul", SELECTION).findFirst().orElseThrow();
        Case other = Cases.named(one.name(), 6);
        assertThat(other.contents().floats.get("x"))
                .isNotEqualTo(one.contents().floats.get("x"));
    }

    @Test
    void namesThatAreNoneAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Cases.named("MatMul", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Cases.named("Nothing[a=1]", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Cases.named("MatMul[format=Q4_K]", 1));
        assertThat(Cases.isName("MatMul[x]")).isTrue();
        assertThat(Cases.isName("closing twice is harmless")).isFalse();
    }
}
