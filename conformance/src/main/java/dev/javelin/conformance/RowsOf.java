package dev.javelin.conformance;

import dev.javelin.api.Dim;
import dev.javelin.api.Limits;
import dev.javelin.api.StepColumn.Source;
import dev.javelin.conformance.Turn.NewToken;
import dev.javelin.conformance.Turn.Part;
import dev.javelin.conformance.Turn.Wanted;
import java.util.ArrayList;
import java.util.List;

/** What the rows of an operation stand for, for cases that keep no state. */
enum RowsOf {
    TOKENS,
    OUTPUTS,
    SEQUENCES,
    /** A constant number. */
    CONSTANT;

    /** The dimension that stands for so many rows. */
    Dim dim(int rows) {
        return switch (this) {
            case TOKENS -> Dim.Symbol.TOKENS;
            case OUTPUTS -> Dim.Symbol.OUTPUTS;
            case SEQUENCES -> Dim.Symbol.SEQUENCES;
            case CONSTANT -> new Dim.Fixed(rows);
        };
    }

    /**
     * Limits for a step with so many rows.
     *
     * @param slack how much more the limits allow than the step needs
     */
    Limits limits(int rows, int slack) {
        int tokens = (this == CONSTANT ? 1 : rows) + slack;
        return new Limits(
                tokens,
                Math.min(tokens, sequences(rows) + slack),
                Math.max(1, outputs(rows)) + Math.min(slack, 2),
                tokens);
    }

    /** A step with so many rows. */
    Turn turn(int rows) {
        int tokens = this == CONSTANT ? 1 : rows;
        int sequences = sequences(rows);
        List<Part> parts = new ArrayList<>();
        for (int sequence = 0; sequence < sequences; sequence++) {
            int from = (int) ((long) tokens * sequence / sequences);
            int to = (int) ((long) tokens * (sequence + 1) / sequences);
            List<NewToken> added = new ArrayList<>();
            for (int i = from; i < to; i++) {
                added.add(new NewToken(Source.ID, 0, i - from));
            }
            parts.add(new Part(sequence, 0, added, List.of()));
        }
        List<Wanted> wanted = new ArrayList<>();
        for (int i = 0; i < outputs(rows); i++) {
            wanted.add(new Wanted(rows - 1 - i));
        }
        return Turn.of(parts, wanted);
    }

    private int sequences(int rows) {
        return this == SEQUENCES ? rows : this == CONSTANT ? 1 : Math.min(rows, 3);
    }

    private int outputs(int rows) {
        return this == OUTPUTS ? rows : 0;
    }
}
