package dev.javelin.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.javelin.api.Dim.Symbol;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShapeTest {
    private static final Limits LIMITS = new Limits(7, 3, 5, 64);

    @Test
    void countsRowsAndWidth() {
        assertThat(Shape.of(5).rowCount()).isEqualTo(new Dim.Fixed(1));
        assertThat(Shape.of(5).width()).isEqualTo(5);
        assertThat(Shape.of(2, 3, 5).width()).isEqualTo(15);
        assertThat(Shape.of(2, 3, 5).rowCount()).isEqualTo(new Dim.Fixed(2));
        assertThat(Shape.of(2, 3, 5).elements()).isEqualTo(30);
        assertThat(Shape.rows(Symbol.TOKENS).width()).isOne();
        assertThat(Shape.rows(Symbol.TOKENS, 3, 5).width()).isEqualTo(15);
    }

    @Test
    void takesItsLargestSizeFromTheLimits() {
        assertThat(Shape.rows(Symbol.TOKENS, 10).most(LIMITS)).isEqualTo(70);
        assertThat(Shape.rows(Symbol.SEQUENCES, 10).most(LIMITS)).isEqualTo(30);
        assertThat(Shape.rows(Symbol.OUTPUTS).most(LIMITS)).isEqualTo(5);
        assertThat(Shape.of(4).most(LIMITS)).isEqualTo(4);
        assertThat(Shape.of(4, 6).most(LIMITS)).isEqualTo(24);
    }

    @Test
    void takesItsSizeFromTheStep() {
        try (Step step = new Step(LIMITS)) {
            step.addSequence();
            step.addToken(0, 0, 0);
            step.addToken(0, 1, 1);
            step.addSequence();
            step.addToken(0, 0, 0);
            step.addOutput(2, Want.ID.bit());
            assertThat(Symbol.TOKENS.in(step)).isEqualTo(3);
            assertThat(Symbol.SEQUENCES.in(step)).isEqualTo(2);
            assertThat(Symbol.OUTPUTS.in(step)).isEqualTo(1);
            assertThat(new Dim.Fixed(9).in(step)).isEqualTo(9);
        }
    }

    @Test
    void countsElementsPastTheRangeOfInt() {
        assertThat(Shape.of(Integer.MAX_VALUE, Integer.MAX_VALUE).elements())
                .isEqualTo((long) Integer.MAX_VALUE * Integer.MAX_VALUE);
    }

    @Test
    void refusesDimensionsOutOfPlace() {
        Refusal.of(() -> Shape.of(), "1 to 3 dimensions");
        Refusal.of(() -> Shape.of(1, 2, 3, 4), "1 to 3 dimensions");
        Refusal.of(() -> Shape.of(3, 0), "size=0");
        Refusal.of(() -> Shape.of(-1), "size=-1");
        Refusal.of(() -> new Shape(List.of(new Dim.Fixed(2), Symbol.TOKENS)), "only the first", "TOKENS");
        Refusal.of(() -> Shape.of(1, Integer.MAX_VALUE, 2), "at most 2^31-1");
        Refusal.of(() -> Shape.rows(Symbol.TOKENS, 4).size(0), "no constant size", "TOKENS");
        Refusal.of(() -> Shape.rows(Symbol.TOKENS, 4).elements(), "no constant size");
    }

    @Test
    void keepsLimitsToSense() {
        Refusal.of(() -> new Limits(0, 1, 1, 1), "tokens=0");
        Refusal.of(() -> new Limits(4, 5, 1, 1), "sequences=5", "tokens=4");
        Refusal.of(() -> new Limits(4, 0, 1, 1), "sequences=0");
        Refusal.of(() -> new Limits(4, 1, 5, 1), "outputs=5");
        Refusal.of(() -> new Limits(4, 1, 0, 1), "outputs=0");
        Refusal.of(() -> new Limits(4, 1, 1, 0), "context=0");
        Refusal.of(() -> new Limits.Extras(-1, 0, 0, false), "embeddingWidth=-1");
        Refusal.of(() -> new Limits.Extras(0, -1, 0, false), "vocabulary=-1");
        Refusal.of(() -> new Limits.Extras(0, 0, -1, false), "biases=-1");
        assertThat(LIMITS.with(new Limits.Extras(1, 2, 3, true)).extras().biases())
                .isEqualTo(3);
    }
}
