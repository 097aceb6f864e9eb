package dev.javelin.runtime.template;

import java.util.ArrayList;
import java.util.List;

/** Which of two values comes first: numbers by size, strings by code points, lists by their first difference. */
final class Ordering {

    private Ordering() {}

    static boolean test(Relation relation, Object a, Object b, Meter meter) {
        meter.step();
        Object x = Arithmetic.number(a);
        Object y = Arithmetic.number(b);
        if (Arithmetic.isNumber(x) && Arithmetic.isNumber(y)) {
            return !Equality.unordered(x, y) && relation.holds(Equality.compare(x, y));
        }
        if (Text.is(a) && Text.is(b)) {
            return relation.holds(strings(Text.string(a), Text.string(b), meter));
        }
        if (a instanceof List<?> left && b instanceof List<?> right) {
            return lists(relation, left, right, meter);
        }
        if (a instanceof Tuple left && b instanceof Tuple right) {
            return lists(relation, left.items(), right.items(), meter);
        }
        throw Types.mismatch(relation.symbol() + " takes two numbers, two strings, two lists or two tuples", a, b);
    }

    private static int strings(String a, String b, Meter meter) {
        int common = Math.min(a.length(), b.length());
        meter.work(common);
        for (int i = 0; i < common; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                // Surrogates stand for code points beyond all others.
                return Character.isSurrogate(x) == Character.isSurrogate(y)
                        ? Character.compare(x, y)
                        : Character.isSurrogate(x) ? 1 : -1;
            }
        }
        return Integer.compare(a.length(), b.length());
    }

    private static boolean lists(Relation relation, List<?> a, List<?> b, Meter meter) {
        meter.enter(Meter.VALUE);
        try {
            for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
                Object x = a.get(i);
                Object y = b.get(i);
                if (!Equality.identical(x, y) && !Equality.of(x, y, meter)) {
                    return test(relation, x, y, meter);
                }
            }
            return relation.holds(Integer.compare(a.size(), b.size()));
        } finally {
            meter.leave(Meter.VALUE);
        }
    }

    /** An item and what it is sorted by. */
    record Keyed(Object key, Object item) {}

    /** Sorts stably by merging, which also ends, in some order, where values contradict themselves as NaN does. */
    static List<Keyed> sort(List<Keyed> items, boolean reverse, Meter meter) {
        meter.elements(items.size());
        meter.work(8L * items.size());
        if (items.size() < 2) {
            return items;
        }
        List<Keyed> left = sort(items.subList(0, items.size() / 2), reverse, meter);
        List<Keyed> right = sort(items.subList(items.size() / 2, items.size()), reverse, meter);
        List<Keyed> merged = new ArrayList<>(items.size());
        int l = 0;
        int r = 0;
        while (l < left.size() && r < right.size()) {
            Object a = left.get(l).key();
            Object b = right.get(r).key();
            boolean swap = reverse ? test(Relation.LESS, a, b, meter) : test(Relation.LESS, b, a, meter);
            merged.add(swap ? right.get(r++) : left.get(l++));
        }
        merged.addAll(left.subList(l, left.size()));
        merged.addAll(right.subList(r, right.size()));
        return merged;
    }
}
