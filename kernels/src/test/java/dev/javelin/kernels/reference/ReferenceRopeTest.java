package dev.javelin.kernels.reference;

import static dev.javelin.api.Dim.Symbol.TOKENS;
import static dev.javelin.api.RopeSpec.Order.HALVES;
import static dev.javelin.api.RopeSpec.Order.NEIGHBOURS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.javelin.api.Limits;
import dev.javelin.api.Rope;
import dev.javelin.api.RopeSpec;
import dev.javelin.api.RopeSpec.Yarn;
import dev.javelin.api.Shape;
import dev.javelin.api.Step;
import dev.javelin.api.Value;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReferenceRopeTest {
    private static final int FAR = 100_003;

    /** Turns one head at one position. */
    private static float[] turn(RopeSpec spec, float[] factors, int position, float... head) {
        try (Rig rig = new Rig(new Limits(1, 1, 1, 1))) {
            Value x = rig.input("x", Shape.rows(TOKENS, head.length), head);
            Value out = rig.result("out", Shape.rows(TOKENS, head.length));
            Value weight = factors.length == 0 ? null : rig.weight("factors", Shape.of(factors.length), factors);
            rig.add(new Rope(out, x, head.length, spec, weight));
            Step step = rig.step();
            step.addSequence();
            step.addToken(0, position, 0);
            return rig.floats(step, out);
        }
    }

    /** A head of pairs (1, 0), turned by these angles. */
    private static float[] turned(RopeSpec.Order order, double magnitude, double... angles) {
        float[] head = new float[2 * angles.length];
        for (int pair = 0; pair < angles.length; pair++) {
            int first = order == NEIGHBOURS ? 2 * pair : pair;
            int second = order == NEIGHBOURS ? first + 1 : first + angles.length;
            head[first] = (float) (magnitude * Math.cos(angles[pair]));
            head[second] = (float) (magnitude * Math.sin(angles[pair]));
        }
        return head;
    }

    @Test
    void turnsNeighbours() {
        RopeSpec spec = RopeSpec.plain(NEIGHBOURS, 4, 100);

        assertThat(turn(spec, new float[0], 3, 1, 0, 1, 0))
                .containsExactly(turned(NEIGHBOURS, 1, 3, 0.3), within(1e-7f));
    }

    @Test
    void turnsHalves() {
        RopeSpec spec = RopeSpec.plain(HALVES, 4, 100);

        assertThat(turn(spec, new float[0], 3, 1, 1, 0, 0)).containsExactly(turned(HALVES, 1, 3, 0.3), within(1e-7f));
    }

    @Test
    void turnsCounterClockwise() {
        RopeSpec spec = new RopeSpec(NEIGHBOURS, 2, 100, Math.PI / 2, 1, null);

        assertThat(turn(spec, new float[0], 1, 2, 5))
                .as("a quarter")
                .containsExactly(new float[] {-5, 2}, within(1e-6f));
    }

    @Test
    void copiesWhatDoesNotTurn() {
        float[] neighbours = turn(RopeSpec.plain(NEIGHBOURS, 2, 100), new float[0], 2, 1, 0, 5, 6);
        float[] halves = turn(RopeSpec.plain(HALVES, 2, 100), new float[0], 2, 1, 0, 5, 6);

        float[] expected = {(float) Math.cos(2), (float) Math.sin(2), 5, 6};
        assertThat(neighbours).containsExactly(expected, within(1e-7f));
        assertThat(halves).containsExactly(expected, within(1e-7f));
    }

    @Test
    void turnsEachTokenByItsPositionAndEachHeadAlike() {
        try (Rig rig = new Rig(new Limits(3, 2, 3, 8))) {
            Value x = rig.input("x", Shape.rows(TOKENS, 4), 1, 0, 2, 0, 1, 0, 2, 0, 1, 0, 2, 0);
            Value out = rig.result("out", Shape.rows(TOKENS, 4));
            rig.add(new Rope(out, x, 2, RopeSpec.plain(NEIGHBOURS, 2, 100), null));
            Step step = rig.step();
            step.addSequence();
            step.addToken(0, 7, 0);
            step.addSequence();
            step.addToken(0, 1, 3);
            step.addToken(0, 0, 4);

            float[] turned = rig.floats(step, out);

            int[] positions = {7, 1, 0};
            for (int token = 0; token < 3; token++) {
                double cos = Math.cos(positions[token]);
                double sin = Math.sin(positions[token]);
                float[] expected = {(float) cos, (float) sin, (float) (2 * cos), (float) (2 * sin)};
                assertThat(Arrays.copyOfRange(turned, 4 * token, 4 * token + 4))
                        .containsExactly(expected, within(1e-6f));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4095, FAR})
    void keepsFarPositionsExact(int position) {
        RopeSpec spec = RopeSpec.plain(HALVES, 8, 500_000);
        double[] angles = new double[4];
        for (int pair = 0; pair < 4; pair++) {
            angles[pair] = position * Math.pow(500_000, -pair / 4.0);
        }

        assertThat(turn(spec, new float[0], position, 1, 1, 1, 1, 0, 0, 0, 0))
                .containsExactly(turned(HALVES, 1, angles), within(1e-7f));
    }

    @Test
    void scalesPositionsAndMultipliesByTheMagnitude() {
        RopeSpec spec = new RopeSpec(NEIGHBOURS, 4, 100, 0.25, 1.5f, null);

        assertThat(turn(spec, new float[0], 8, 1, 0, 1, 0))
                .containsExactly(turned(NEIGHBOURS, 1.5, 2, 0.2), within(1e-6f));
    }

    @Test
    void dividesFrequenciesByFactors() {
        RopeSpec spec = new RopeSpec(NEIGHBOURS, 4, 100, 0.5, 1, null);

        assertThat(turn(spec, new float[] {4, 0.5f}, 8, 1, 0, 1, 0))
                .containsExactly(turned(NEIGHBOURS, 1, 1, 0.8), within(1e-6f));
    }

    /**
     * 128 dims, base 10000, original context 4096, four times that: the pairs that turn 32 and 1 times over 4096 tokens are
     * 20.9 and 45.03, so 20 is the last that is not scaled and 46 the first that is scaled in full.
     */
    @Test
    void mixesScaledAndUnscaledAnglesForYarn() {
        int position = 500;
        RopeSpec spec = new RopeSpec(HALVES, 128, 10_000, 0.25, 1, new Yarn(1, 32, 1, 4096));
        double[] angles = new double[64];
        for (int pair = 0; pair < 64; pair++) {
            double unscaled = position * Math.pow(10_000, -pair / 64.0);
            double scaledShare = pair <= 20 ? 0 : pair >= 46 ? 1 : (pair - 20) / 26.0;
            angles[pair] = unscaled * (1 - scaledShare) + unscaled / 4 * scaledShare;
        }

        float[] head = new float[128];
        Arrays.fill(head, 0, 64, 1);
        assertThat(turn(spec, new float[0], position, head))
                .containsExactly(turned(HALVES, 1 + 0.1 * Math.log(4), angles), within(1e-6f));
    }

    @Test
    void takesLessOfUnscaledAnglesForAWeakerExtrapolation() {
        RopeSpec half = new RopeSpec(NEIGHBOURS, 2, 10_000, 0.25, 2, new Yarn(0.5f, 32, 1, 4096));
        RopeSpec none = new RopeSpec(NEIGHBOURS, 2, 10_000, 0.25, 2, new Yarn(0, 32, 1, 4096));

        assertThat(turn(half, new float[0], 8, 1, 0))
                .as("half of 8 and half of 2")
                .containsExactly(turned(NEIGHBOURS, 2 * (1 + 0.1 * Math.log(4)), 5), within(1e-6f));
        assertThat(turn(none, new float[0], 8, 1, 0)).containsExactly(turned(NEIGHBOURS, 2, 2), within(1e-6f));
    }

    /** Where fast and slow meet, the width of the ramp is taken as 0.001 instead of 0. */
    @Test
    void doesNotDivideByARampOfNoWidth() {
        RopeSpec spec = new RopeSpec(NEIGHBOURS, 4, 100, 0.5, 1, new Yarn(1, 6.3e-6f, 6.3e-6f, 1));

        float[] turned = turn(spec, new float[0], 1, 1, 0, 1, 0);

        double magnitude = 1 + 0.1 * Math.log(2);
        // both betas lie at 4.4 pairs: low is 4, high is 3, so all pairs are unscaled
        assertThat(turned).containsExactly(turned(NEIGHBOURS, magnitude, 1, 0.1), within(1e-6f));
    }
}
