package dev.javelin.conformance;

import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Every allowed combination of the crossed axes; the values of the others are drawn for each. */
final class Product {

    private static final int DRAWS = 20;

    private Product() {}

    /** Combinations, before what is not allowed is left out. */
    static long size(List<Axis<?>> axes) {
        return axes.stream()
                .filter(Axis::crossed)
                .mapToLong(axis -> axis.values().size())
                .reduce(1, Math::multiplyExact);
    }

    static Stream<Choice> of(List<Axis<?>> axes, Predicate<Choice> allowed, RandomGenerator random) {
        return LongStream.range(0, size(axes)).boxed().flatMap(index -> draw(axes, index, allowed, random));
    }

    /** Where the drawn values are what is not allowed, others are drawn. */
    private static Stream<Choice> draw(
            List<Axis<?>> axes, long index, Predicate<Choice> allowed, RandomGenerator random) {
        for (int attempt = 0; attempt < DRAWS; attempt++) {
            int[] picks = new int[axes.size()];
            long rest = index;
            for (int i = 0; i < picks.length; i++) {
                int size = axes.get(i).values().size();
                picks[i] = axes.get(i).crossed() ? (int) (rest % size) : random.nextInt(size);
                rest = axes.get(i).crossed() ? rest / size : rest;
            }
            Choice choice = new Choice(axes, picks);
            if (allowed.test(choice)) {
                return Stream.of(choice);
            }
        }
        return Stream.empty();
    }
}
