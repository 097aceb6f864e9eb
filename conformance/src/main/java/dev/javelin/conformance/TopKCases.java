package dev.javelin.conformance;

import dev.javelin.api.TopK;
import dev.javelin.api.Value;
import dev.javelin.api.Want;
import java.util.List;

/** The largest few of each row, in order. */
final class TopKCases implements CaseFamily {

    private static final Axis<Integer> K = Axis.of("k", List.of(1, 2, 5, 33));

    @Override
    public String operation() {
        return "TopK";
    }

    @Override
    public List<Axis<?>> axes() {
        return Axes.and(Choosing.AXES, K);
    }

    @Override
    public boolean allowed(Choice choice) {
        return Choosing.allowed(choice) && choice.of(K) <= choice.of(Choosing.WIDTH);
    }

    @Override
    public Case build(Choice choice, String name, long seed) {
        RowCase made = new RowCase(this, choice, name, seed, choice.of(Choosing.ROWS));
        Value x = Choosing.input(made, choice);
        Value ids = made.resultIndices("ids", choice.of(K));
        Value values = made.result("values", choice.of(K));
        made.add(new TopK(ids, values, x));
        Choosing.output(made, choice, ids, Want.TOP_K);
        Choosing.output(made, choice, values, Want.TOP_K);
        return Choosing.build(made, choice);
    }
}
