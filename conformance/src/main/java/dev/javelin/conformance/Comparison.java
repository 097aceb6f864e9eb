package dev.javelin.conformance;

import dev.javelin.api.Output;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether numbers are as close as they must be. Two rules, both in terms of the noise that the formulas derived from the types
 * the device declares:
 *
 * <ul>
 *   <li>No number may be off by more than {@value #PEAK} times its noise: errors of many roundings are spread like a bell, and
 *       of a million numbers none is off by more than five deviations; the rest is for errors that are not independent.
 *   <li>All numbers of an output together, as root mean square, may be off by {@value #MEAN} times their noise. This one finds
 *       what is slightly wrong everywhere.
 * </ul>
 */
final class Comparison {

    static final double PEAK = 12;
    static final double MEAN = 4;

    /** Numbers below the normal range of F32 may be taken for zero. */
    private static final double FLOOR = 0x1p-126;

    private double closeness;

    /** The largest share of what is tolerated that was met so far. */
    double closeness() {
        return closeness;
    }

    /**
     * Compares all that a case shows with the formulas, and with another observation where there is one; {@link Claim.Broken}
     * where it is too far off.
     *
     * @param oracle who made the other observation
     */
    void compare(Case tried, Observed actual, Expected expected, @Nullable Observed other, String oracle) {
        for (int i = 0; i < tried.turns().size(); i++) {
            Turn turn = tried.turns().get(i);
            for (Output output : tried.program().outputs()) {
                String name = output.value().name();
                Estimate estimate = require(expected.turns.get(i), name);
                Snapshot found = require(actual.turns.get(i), name);
                String where = "output=%s, turn=%d".formatted(name, i);
                int[] rows = rows(turn, output);
                numbers(
                        where,
                        found::at,
                        estimate,
                        estimate.value,
                        rows,
                        turn.count(output.value().rows()),
                        "formula");
                if (other != null) {
                    Snapshot given = require(other.turns.get(i), name);
                    double[] values = new double[given.size()];
                    java.util.Arrays.setAll(values, given::at);
                    numbers(
                            where,
                            found::at,
                            estimate,
                            values,
                            rows,
                            turn.count(output.value().rows()),
                            oracle);
                }
            }
        }
        expected.kept.forEach((name, estimate) -> {
            float[] found = require(actual.kept, name);
            Claim.that(found.length == estimate.size(), "sequences keep all tokens: what=%s", name);
            int[] all = {0};
            numbers(name, at -> found[at], estimate, estimate.value, all, 1, "formula");
            if (other != null) {
                float[] given = require(other.kept, name);
                double[] values = new double[given.length];
                java.util.Arrays.setAll(values, at -> given[at]);
                numbers(name, at -> found[at], estimate, values, all, 1, oracle);
            }
        });
    }

    private static <T> T require(Map<String, T> map, String name) {
        return Objects.requireNonNull(map.get(name), name);
    }

    /** The rows that the turn wants back. */
    private static int[] rows(Turn turn, Output output) {
        List<Turn.Wanted> wanted = turn.wanted();
        return java.util.stream.IntStream.range(0, turn.count(output.value().rows()))
                .filter(row -> output.want() == null
                        || (wanted.get(row).wants() & output.want().bit()) != 0)
                .toArray();
    }

    /** The element at an index. */
    @FunctionalInterface
    interface Numbers {
        double at(int index);
    }

    /**
     * Compares the rows.
     *
     * @param estimate gives the noise
     * @param values what the numbers should be
     * @param count of all rows that there are
     */
    void numbers(
            String where, Numbers actual, Estimate estimate, double[] values, int[] rows, int count, String oracle) {
        int width = count == 0 ? 0 : values.length / count;
        double errors = 0;
        double noises = 0;
        double squares = 0;
        for (int row : rows) {
            for (int i = row * width; i < (row + 1) * width; i++) {
                double found = actual.at(i);
                double wanted = values[i];
                if (Double.isFinite(wanted)) {
                    double error = Math.abs(found - wanted);
                    double floor = floor(wanted, estimate.noise[i]);
                    double most = PEAK * estimate.noise[i] + floor;
                    if (!(error <= most)) { // not "greater than": a NaN must fail
                        throw new Claim.Broken(
                                "a number is off: %s, row=%d, column=%d, expected=%s (%s), actual=%s, error=%.3g, tolerated=%.3g, nmse=%.3g"
                                        .formatted(
                                                where,
                                                row,
                                                i - row * width,
                                                wanted,
                                                oracle,
                                                found,
                                                error,
                                                most,
                                                nmse(actual, values, rows, width)),
                                null);
                    }
                    closeness = Math.max(closeness, most == 0 ? 0 : error / most);
                    errors += error * error;
                    noises += square(estimate.noise[i]) + square(floor);
                    squares += wanted * wanted;
                } else {
                    Claim.that(
                            found == wanted || (Double.isNaN(found) && Double.isNaN(wanted)),
                            "a number must be what it is: %s, row=%d, column=%d, expected=%s (%s), actual=%s",
                            where,
                            row,
                            i - row * width,
                            wanted,
                            oracle,
                            found);
                }
            }
        }
        double mean = noises == 0 ? 0 : Math.sqrt(errors / noises);
        Claim.that(
                mean <= MEAN,
                "numbers are off everywhere: %s, expected=%s, rmsOfErrors=%.3g, rmsOfNoise=%.3g, times=%.3g,"
                        + " tolerated=%.3g, nmse=%.3g",
                where,
                oracle,
                Math.sqrt(errors),
                Math.sqrt(noises),
                mean,
                MEAN,
                squares == 0 ? 0 : errors / squares);
        closeness = Math.max(closeness, mean / MEAN);
    }

    /** None for what is copied, such as an embedding row: that must be equal. */
    private static double floor(double wanted, double noise) {
        return noise == 0 && wanted == (float) wanted ? 0 : FLOOR;
    }

    private static double square(double x) {
        return x * x;
    }

    /** The squares of all errors as a share of the squares of all numbers. */
    private static double nmse(Numbers actual, double[] values, int[] rows, int width) {
        double errors = 0;
        double squares = 0;
        for (int row : rows) {
            for (int i = row * width; i < (row + 1) * width; i++) {
                errors += square(actual.at(i) - values[i]);
                squares += square(values[i]);
            }
        }
        return errors / squares;
    }
}
