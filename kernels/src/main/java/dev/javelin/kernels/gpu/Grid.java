package dev.javelin.kernels.gpu;

import dev.javelin.api.Dim;
import dev.javelin.api.Limits;
import dev.javelin.api.Step;
import java.util.List;

/**
 * How many work-items a launch has: up to three axes of groups. A device takes the counts of the step, or those of the limits
 * (where a launch is recorded once and replayed), so there may be more groups than the step needs: kernels look at
 * {@link Arg.Counts}. A launch without groups is left out.
 */
public record Grid(List<Axis> axes) {

    /**
     * One axis: {@code times · ceil(count / each)} groups of {@code local} work-items.
     *
     * @param local work-items of a group; constant, and the same for as many launches as possible, since some drivers build a
     *     kernel anew for each size
     * @param times groups for each portion of the count
     * @param count a constant or a count of the step
     * @param each how many of the count make a portion
     */
    public record Axis(int local, int times, Dim count, int each) {
        public Axis {
            if (local <= 0 || times <= 0 || each <= 0) {
                throw new IllegalArgumentException(
                        "an axis has positive sizes: local=%d, times=%d, each=%d".formatted(local, times, each));
            }
        }

        /** Groups for a step. */
        public long groups(Step step) {
            return groups(count.in(step));
        }

        /** Groups for the largest step. */
        public long most(Limits limits) {
            return groups(count.most(limits));
        }

        private long groups(int counted) {
            return (long) times * Math.ceilDiv(counted, each);
        }
    }

    public Grid {
        axes = List.copyOf(axes);
        if (axes.isEmpty() || axes.size() > 3) {
            throw new IllegalArgumentException("a grid has one to three axes: axes=%s".formatted(axes));
        }
    }

    /** Axes, the fastest first. */
    public static Grid of(Axis... axes) {
        return new Grid(List.of(axes));
    }

    /** An axis with the same number of groups in every step. */
    public static Axis fixed(int local, int groups) {
        return new Axis(local, 1, new Dim.Fixed(groups), 1);
    }

    /** An axis with a number of groups for each row of a count. */
    public static Axis perRow(int local, int groups, Dim rows) {
        return new Axis(local, groups, rows, 1);
    }

    /** An axis with a group for each portion of the rows. */
    public static Axis portions(int local, Dim rows, int each) {
        return new Axis(local, 1, rows, each);
    }

    /** Work-items of a group. */
    public int groupSize() {
        return axes.stream().mapToInt(Axis::local).reduce(1, Math::multiplyExact);
    }
}
