package dev.javelin.runtime.template;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** {@code value[start:stop:step]}. */
final class Slicing {

    private Slicing() {}

    static Object of(Object value, Object start, Object stop, Object step, Meter meter) {
        return switch (value) {
            case String text -> text(text, start, stop, step, meter);
            case Markup markup -> new Markup(text(markup.text(), start, stop, step, meter));
            case List<?> list -> list(list, start, stop, step, meter);
            case Tuple tuple -> Tuple.of(list(tuple.items(), start, stop, step, meter));
            case Range range -> {
                Bounds bounds = Bounds.of(start, stop, step, range.size());
                long first = range.start() + range.step() * bounds.start;
                long width = range.step() * bounds.step;
                yield Range.of(first, first + width * bounds.count, width);
            }
            default -> throw Types.mismatch("only strings, lists, tuples and ranges can be sliced", value);
        };
    }

    private static List<Object> list(List<?> list, Object start, Object stop, Object step, Meter meter) {
        Bounds bounds = Bounds.of(start, stop, step, list.size());
        meter.elements(bounds.count);
        List<Object> items = new ArrayList<>((int) bounds.count);
        for (long i = 0; i < bounds.count; i++) {
            items.add(list.get((int) (bounds.start + i * bounds.step)));
        }
        return items;
    }

    private static String text(String text, Object start, Object stop, Object step, Meter meter) {
        int length = Strings.length(text, meter);
        Bounds bounds = Bounds.of(start, stop, step, length);
        if (bounds.count == 0) {
            return "";
        }
        if (bounds.step == 1) {
            return Strings.cut(
                    text, Strings.offset(text, bounds.start), Strings.offset(text, bounds.start + bounds.count), meter);
        }
        TextBuilder out = new TextBuilder(meter);
        if (length == text.length()) {
            for (long i = 0; i < bounds.count; i++) {
                out.add(text.charAt((int) (bounds.start + i * bounds.step)));
            }
        } else {
            meter.text(2L * length);
            int[] characters = text.codePoints().toArray();
            for (long i = 0; i < bounds.count; i++) {
                out.addCodePoint(characters[(int) (bounds.start + i * bounds.step)]);
            }
        }
        return out.toString();
    }

    /** Python's rules for bounds that are absent, negative or beyond the end. */
    private record Bounds(long start, long step, long count) {

        static Bounds of(Object from, Object to, Object by, int length) {
            long step = by == None.NONE ? 1 : index(by);
            if (step == 0) {
                throw Fault.render("the step of a slice must not be 0");
            }
            // Beyond the length all steps are alike, and their products do not overflow.
            step = Math.clamp(step, -length - 1L, length + 1L);
            long low = step > 0 ? 0 : -1;
            long high = step > 0 ? length : length - 1;
            long start = from == None.NONE ? (step > 0 ? low : high) : bound(index(from), length, low, high);
            long stop = to == None.NONE ? (step > 0 ? high : low) : bound(index(to), length, low, high);
            long distance = step > 0 ? stop - start : start - stop;
            long count = distance <= 0 ? 0 : (distance - 1) / Math.abs(step) + 1;
            return new Bounds(start, step, count);
        }

        private static long bound(long index, int length, long low, long high) {
            return Math.clamp(index < 0 ? index + length : index, low, high);
        }

        private static long index(Object value) {
            return switch (value) {
                case Long number -> number;
                case Boolean bool -> bool ? 1 : 0;
                case BigInteger number -> number.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
                default -> throw Types.mismatch("the bounds of a slice are integers or none", value);
            };
        }
    }
}
