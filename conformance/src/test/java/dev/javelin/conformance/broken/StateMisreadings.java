package dev.javelin.conformance.broken;

import static dev.javelin.api.StepColumn.BLOCKS;
import static dev.javelin.api.StepColumn.COUNT;
import static dev.javelin.api.StepColumn.FIRST;
import static dev.javelin.api.StepColumn.KV_INDEX;
import static dev.javelin.api.StepColumn.SEQUENCE;
import static dev.javelin.api.StepColumn.TREE;
import static dev.javelin.api.StepColumn.VISIBLE;

import dev.javelin.api.Attention;
import dev.javelin.api.Op;
import dev.javelin.api.StateSpec;
import dev.javelin.api.Step;
import dev.javelin.api.WriteKv;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What can be misread of sequences and of where their state lies. */
final class StateMisreadings {

    private StateMisreadings() {}

    static List<StepFault> all() {
        return Stream.of(places(WriteKv.class), places(Attention.class), sequences(), trees())
                .flatMap(List::stream)
                .toList();
    }

    /** What both who writes state and who reads it need. */
    private static List<StepFault> places(Class<? extends Op> op) {
        return List.of(
                new StepFault(
                        op,
                        KV_INDEX,
                        "minus 1",
                        (cells, step) -> cells.each(step.tokens(), index -> Math.max(0, index - 1))),
                new StepFault(
                        op,
                        KV_INDEX,
                        "taken for the position",
                        (cells, step) -> cells.fill(
                                step.tokens(), token -> Math.min(step.position(token), step.kvIndex(token)))),
                new StepFault(op, SEQUENCE, "taken for the first", (cells, step) -> {
                    int sequences = step.layout().limits().sequences();
                    tables(step, (table, row, i) -> table.get(row / sequences * sequences, i));
                }),
                new StepFault(op, BLOCKS, "taken in order", (cells, step) -> tables(step, (table, row, i) -> i)),
                new StepFault(
                        op,
                        BLOCKS,
                        "taken for the first of the sequence",
                        (cells, step) -> tables(step, (table, row, i) -> first(table, row))),
                new StepFault(op, BLOCKS, "taken for those of the group before", (cells, step) -> {
                    int sequences = step.layout().limits().sequences();
                    tables(step, (table, row, i) -> table.get(Math.max(row - sequences, row % sequences), i));
                }));
    }

    private static List<StepFault> sequences() {
        return List.of(
                new StepFault(Attention.class, FIRST, "plus 1", (cells, step) -> {
                    Cells counts = new Cells(step, COUNT);
                    for (int sequence = 0; sequence < step.sequences(); sequence++) {
                        if (counts.get(sequence) > 1) {
                            cells.set(sequence, cells.get(sequence) + 1);
                            counts.set(sequence, counts.get(sequence) - 1);
                        }
                    }
                }),
                new StepFault(
                        Attention.class,
                        COUNT,
                        "minus 1",
                        (cells, step) -> cells.each(step.sequences(), count -> count - 1)));
    }

    private static List<StepFault> trees() {
        return List.of(
                new StepFault(
                        Attention.class,
                        TREE,
                        "not read",
                        (cells, step) -> cells.fill(step.sequences(), sequence -> 0)),
                new StepFault(
                        Attention.class, VISIBLE, "taken for the token alone", (cells, step) -> see(step, cells, 0)),
                new StepFault(
                        Attention.class, VISIBLE, "not read beyond 32 tokens", (cells, step) -> see(step, cells, 1)));
    }

    /** Clears the masks from a word on; a token always sees itself. */
    private static void see(Step step, Cells cells, int from) {
        for (int token = 0; token < step.tokens() && cells.width() > 0; token++) {
            if (step.tree(step.sequence(token))) {
                for (int word = from; word < cells.width(); word++) {
                    cells.set(token, word, 0);
                }
                step.see(token, token);
            }
        }
    }

    /** A wrong entry for a right one. */
    @FunctionalInterface
    private interface Entry {
        int of(Cells table, int row, int index);
    }

    /** Changes all entries of the block tables that there are, to blocks that exist. */
    private static void tables(Step step, Entry entry) {
        StateSpec states = Objects.requireNonNull(step.layout().states());
        Cells table = new Cells(step, BLOCKS);
        int sequences = step.layout().limits().sequences();
        for (int row = step.layout().rows(BLOCKS) - 1; row >= 0; row--) {
            int blocks = states.groups().get(row / sequences).count();
            int[] wrong = new int[table.width()];
            for (int i = 0; i < wrong.length; i++) {
                wrong[i] = entry.of(table, row, i);
            }
            for (int i = 0; i < wrong.length && row % sequences < step.sequences(); i++) {
                if (table.get(row, i) >= 0 && wrong[i] >= 0) {
                    table.set(row, i, wrong[i] % blocks);
                }
            }
        }
    }

    private static int first(Cells table, int row) {
        int i = 0;
        while (i < table.width() - 1 && table.get(row, i) < 0) {
            i++;
        }
        return table.get(row, i);
    }
}
