package dev.javelin.kernels.reference;

import static dev.javelin.api.Dim.Symbol.OUTPUTS;
import static dev.javelin.api.Dim.Symbol.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.javelin.api.Rows;
import dev.javelin.api.Shape;
import dev.javelin.api.Step;
import dev.javelin.api.Value;
import org.junit.jupiter.api.Test;

final class ReferenceRowsTest {

    @Test
    void takesTheRowsInTheOrderInWhichTheyAreWanted() {
        try (Rig rig = new Rig(3)) {
            Value x = rig.input("x", Shape.rows(TOKENS, 2), 1, 2, 3, 4, 5, 6);
            Value out = rig.result("out", Shape.rows(OUTPUTS, 2));
            rig.add(new Rows(out, x));
            Step step = rig.step();
            step.addSequence();
            for (int token = 0; token < 3; token++) {
                step.addToken(0, token, token);
            }
            step.addOutput(2, 1);
            step.addOutput(0, 1);
            step.addOutput(2, 1);

            assertThat(rig.floats(step, out)).containsExactly(5, 6, 1, 2, 5, 6);
        }
    }

    @Test
    void takesNoneWhereNothingIsWanted() {
        try (Rig rig = new Rig(1)) {
            Value x = rig.input("x", Shape.rows(TOKENS, 2), 1, 2);
            Value out = rig.result("out", Shape.rows(OUTPUTS, 2));
            rig.add(new Rows(out, x));
            Step step = rig.step();
            step.addSequence();
            step.addToken(0, 0, 0);

            assertThat(rig.floats(step, out)).isEmpty();
        }
    }
}
