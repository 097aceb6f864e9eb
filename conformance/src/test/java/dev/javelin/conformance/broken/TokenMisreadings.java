package dev.javelin.conformance.broken;

import static dev.javelin.api.StepColumn.EMBEDDINGS;
import static dev.javelin.api.StepColumn.OUTPUT_TOKEN;
import static dev.javelin.api.StepColumn.POSITION;
import static dev.javelin.api.StepColumn.SOURCE;
import static dev.javelin.api.StepColumn.TOKEN;

import dev.javelin.api.Embed;
import dev.javelin.api.Op;
import dev.javelin.api.Rope;
import dev.javelin.api.Rows;
import dev.javelin.api.Step;
import dev.javelin.api.StepColumn;
import dev.javelin.api.StepColumn.Source;
import java.util.List;

/** What can be misread of the tokens of a step, and of which of them are wanted. */
final class TokenMisreadings {

    static List<StepFault> all() {
        return List.of(
                fault(
                        Embed.class,
                        SOURCE,
                        "all ids",
                        (cells, step) -> cells.fill(step.tokens(), row -> Source.ID.code())),
                fault(Embed.class, TOKEN, "as in the token before", (cells, step) -> {
                    for (int token = step.tokens() - 1; token > 0; token--) {
                        if (step.source(token) == step.source(token - 1)) {
                            cells.set(token, cells.get(token - 1));
                        }
                    }
                }),
                fault(Embed.class, TOKEN, "0 of what is fed back", (cells, step) -> only(cells, step, Source.FEEDBACK)),
                fault(Embed.class, TOKEN, "0 of embeddings", (cells, step) -> only(cells, step, Source.EMBEDDING)),
                fault(Embed.class, TOKEN, "0 of ids", (cells, step) -> only(cells, step, Source.ID)),
                fault(Embed.class, EMBEDDINGS, "without the last column", (cells, step) -> {
                    for (int row = 0; row < step.embeddings(); row++) {
                        cells.set(row, cells.width() - 1, 0);
                    }
                }),
                fault(
                        Rope.class,
                        POSITION,
                        "taken for the KV index",
                        (cells, step) -> cells.fill(step.tokens(), step::kvIndex)),
                fault(
                        Rope.class,
                        POSITION,
                        "taken for the row",
                        (cells, step) -> cells.fill(step.tokens(), row -> row)),
                fault(Rope.class, POSITION, "plus 1", (cells, step) -> cells.each(step.tokens(), value -> value + 1)),
                fault(Rope.class, POSITION, "counted from that of the sequence's first", (cells, step) -> {
                    for (int token = 0; token < step.tokens(); token++) {
                        int first = step.first(step.sequence(token));
                        cells.set(token, cells.get(first) + token - first);
                    }
                }),
                fault(
                        Rows.class,
                        OUTPUT_TOKEN,
                        "taken for the row",
                        (cells, step) -> cells.fill(step.outputs(), row -> row)),
                fault(Rows.class, OUTPUT_TOKEN, "in ascending order", (cells, step) -> {
                    int[] sorted = new int[step.outputs()];
                    java.util.Arrays.setAll(sorted, cells::get);
                    java.util.Arrays.sort(sorted);
                    cells.fill(step.outputs(), row -> sorted[row]);
                }),
                fault(
                        Rows.class,
                        OUTPUT_TOKEN,
                        "taken for the last of its sequence",
                        (cells, step) -> cells.each(step.outputs(), token -> {
                            int sequence = step.sequence(token);
                            return step.first(sequence) + step.count(sequence) - 1;
                        })));
    }

    private TokenMisreadings() {}

    private static void only(Cells cells, Step step, Source source) {
        for (int token = 0; token < step.tokens(); token++) {
            if (step.source(token) == source) {
                cells.set(token, 0);
            }
        }
    }

    private static StepFault fault(
            Class<? extends Op> op, StepColumn column, String words, StepFault.Misreading misreading) {
        return new StepFault(op, column, words, misreading);
    }
}
