package dev.javelin.runtime.template;

import java.util.AbstractList;
import java.util.List;

/** The numbers of {@code range}; not a list, but iterated and sliced like one. */
record Range(long start, long stop, long step, int size) {

    /** As in Jinja's sandbox. */
    static final int LONGEST = 100_000;

    static Range of(long start, long stop, long step) {
        if (step == 0) {
            throw Fault.render("the step of range must not be 0");
        }
        long distance;
        try {
            distance = Math.subtractExact(step > 0 ? stop : start, step > 0 ? start : stop);
        } catch (ArithmeticException tooFar) {
            distance = Long.MAX_VALUE;
        }
        long width = step == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(step);
        long size = distance <= 0 ? 0 : (distance - 1) / width + 1;
        if (size > LONGEST) {
            throw Fault.limit("a range may have at most " + LONGEST
                    + " items: start=%d, stop=%d, step=%d, items=%d".formatted(start, stop, step, size));
        }
        return new Range(start, stop, step, (int) size);
    }

    List<Object> items() {
        return new AbstractList<>() {
            @Override
            public Object get(int index) {
                return start + step * index;
            }

            @Override
            public int size() {
                return size;
            }
        };
    }
}
