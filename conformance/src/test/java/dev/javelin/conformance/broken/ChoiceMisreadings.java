package dev.javelin.conformance.broken;

import static dev.javelin.api.StepColumn.ALLOWED;
import static dev.javelin.api.StepColumn.BIAS_ROW;
import static dev.javelin.api.StepColumn.BIAS_TOKEN;
import static dev.javelin.api.StepColumn.BIAS_VALUE;
import static dev.javelin.api.StepColumn.MASKED;

import dev.javelin.api.ArgMax;
import dev.javelin.api.Op;
import dev.javelin.api.TopK;
import java.util.List;
import java.util.stream.Stream;

/** What can be misread of masks and biases. */
final class ChoiceMisreadings {

    private ChoiceMisreadings() {}

    static List<StepFault> all() {
        return Stream.of(ArgMax.class, TopK.class)
                .flatMap(op -> of(op).stream())
                .toList();
    }

    private static List<StepFault> of(Class<? extends Op> op) {
        return List.of(
                new StepFault(op, MASKED, "not read", (cells, step) -> {
                    if (step.layout().rows(MASKED) > 0) {
                        cells.fill(step.outputs(), row -> 0);
                    }
                }),
                new StepFault(op, MASKED, "taken from the first row", (cells, step) -> {
                    if (step.layout().rows(MASKED) > 0) {
                        cells.fill(step.outputs(), row -> cells.get(0));
                    }
                }),
                new StepFault(op, ALLOWED, "taken from the first row", (cells, step) -> {
                    for (int row = 0; row < rows(cells, step.outputs()); row++) {
                        for (int word = 0; word < cells.width(); word++) {
                            cells.set(row, word, cells.get(0, word));
                        }
                    }
                }),
                new StepFault(op, ALLOWED, "not read beyond 32 ids", (cells, step) -> {
                    for (int row = 0; row < rows(cells, step.outputs()); row++) {
                        for (int word = 1; word < cells.width(); word++) {
                            cells.set(row, word, -1);
                        }
                    }
                }),
                new StepFault(op, ALLOWED, "with the bits of a word turned round", (cells, step) -> {
                    for (int row = 0; row < rows(cells, step.outputs()); row++) {
                        for (int word = 0; word < cells.width(); word++) {
                            cells.set(row, word, Integer.reverse(cells.get(row, word)));
                        }
                    }
                }),
                new StepFault(
                        op, BIAS_ROW, "taken for the first", (cells, step) -> cells.fill(step.biases(), bias -> 0)),
                new StepFault(
                        op,
                        BIAS_TOKEN,
                        "taken for the first",
                        (cells, step) -> cells.fill(step.biases(), bias -> cells.get(0))),
                new StepFault(op, BIAS_VALUE, "not read", (cells, step) -> cells.fill(step.biases(), bias -> 0)),
                new StepFault(op, BIAS_VALUE, "not read but for the first", (cells, step) -> {
                    for (int bias = 1; bias < step.biases(); bias++) {
                        cells.set(bias, 0);
                    }
                }),
                new StepFault(
                        op,
                        BIAS_VALUE,
                        "negated",
                        (cells, step) -> cells.each(step.biases(), bits -> bits ^ Integer.MIN_VALUE)),
                new StepFault(op, BIAS_VALUE, "not added where the id has one already", (cells, step) -> {
                    for (int bias = 1; bias < step.biases(); bias++) {
                        for (int other = 0; other < bias; other++) {
                            if (step.biasRow(bias) == step.biasRow(other)
                                    && step.biasToken(bias) == step.biasToken(other)) {
                                cells.set(bias, 0);
                            }
                        }
                    }
                }));
    }

    private static int rows(Cells cells, int outputs) {
        return cells.width() == 0 ? 0 : outputs;
    }
}
