package dev.javelin.kernels.gpu;

import dev.javelin.api.Dim;
import dev.javelin.api.Limits;

/**
 * In which steps something is launched: those with so many of a count. Kernels see to it themselves too, since where launches
 * are recorded once and replayed, one may serve more steps than its own.
 *
 * @param fewest of the count
 * @param most of the count
 */
public record Span(Dim count, int fewest, int most) {

    /** Every step. */
    public static final Span ALWAYS = new Span(new Dim.Fixed(1), 1, 1);

    public Span {
        if (fewest < 0 || most < fewest) {
            throw new IllegalArgumentException(
                    "a span begins before it ends: fewest=%d, most=%d".formatted(fewest, most));
        }
    }

    /** Steps with exactly one. */
    public static Span one(Dim count) {
        return new Span(count, 1, 1);
    }

    /** Steps with so many or more. */
    public static Span from(Dim count, int fewest) {
        return new Span(count, fewest, Integer.MAX_VALUE);
    }

    /** Whether any of the steps with so few to so many is one of them. */
    public boolean meets(int least, int largest) {
        return largest >= fewest && least <= most;
    }

    /** Whether a plan for these limits has any such step. */
    public boolean within(Limits limits) {
        int largest = count.most(limits);
        return count instanceof Dim.Fixed ? largest >= fewest && largest <= most : largest >= fewest;
    }
}
