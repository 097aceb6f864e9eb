package dev.javelin.conformance;

import dev.javelin.api.ArgMax;
import dev.javelin.api.Value;
import dev.javelin.api.Want;
import java.util.List;

/** The largest of each row. */
final class ArgMaxCases implements CaseFamily {

    @Override
    public String operation() {
        return "ArgMax";
    }

    @Override
    public List<Axis<?>> axes() {
        return Choosing.AXES;
    }

    @Override
    public boolean allowed(Choice choice) {
        return Choosing.allowed(choice);
    }

    @Override
    public Case build(Choice choice, String name, long seed) {
        RowCase made = new RowCase(this, choice, name, seed, choice.of(Choosing.ROWS));
        Value x = Choosing.input(made, choice);
        Value out = made.resultIndices("out", 0);
        made.add(new ArgMax(out, x));
        Choosing.output(made, choice, out, Want.ID);
        return Choosing.build(made, choice);
    }
}
