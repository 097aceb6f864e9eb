package dev.javelin.cuda.vectors;

import java.util.ArrayList;
import java.util.List;

/** Compares what came out with what must. */
final class VectorCheck {
    private VectorCheck() {}

    /** What is wrong, a line for each row; empty if nothing is. */
    static List<String> differences(Vector vector, List<List<Long>> seen) {
        List<String> differences = new ArrayList<>();
        for (int row = 0; row < seen.size(); row++) {
            for (int i = 0; i < vector.resultWidths().size(); i++) {
                Width width = vector.resultWidths().get(i);
                String expected = vector.results().get(row).get(i);
                long bits = seen.get(row).get(i);
                if (!vector.nearness().holds(width, bits, expected)) {
                    differences.add("row %d, %%r%d: expected %s, was %s, of %s"
                            .formatted(row, i, expected, width.text(bits), sources(vector, row)));
                }
            }
        }
        return differences;
    }

    private static List<String> sources(Vector vector, int row) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < vector.sourceWidths().size(); i++) {
            texts.add(
                    vector.sourceWidths().get(i).text(vector.sources().get(row).get(i)));
        }
        return texts;
    }
}
