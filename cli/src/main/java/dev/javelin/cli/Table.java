package dev.javelin.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows of cells, which are printed in columns. For one thread. */
final class Table {
    private final List<String[]> rows = new ArrayList<>();

    /** @param heads of the columns; none for a table without */
    Table(String... heads) {
        if (heads.length > 0) {
            row(heads);
        }
    }

    Table row(String... cells) {
        rows.add(cells);
        return this;
    }

    List<String> lines() {
        int columns = rows.stream().mapToInt(row -> row.length).max().orElse(0);
        int[] widths = new int[columns];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.length; i++) {
                line.append(row[i]).append(" ".repeat(widths[i] - row[i].length() + 2));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }
}
