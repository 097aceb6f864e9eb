package dev.javelin.conformance.broken;

/** A part of the elements of an operand, in its rows and columns. */
@SuppressWarnings("ImmutableEnumChecker") // of lambdas that hold nothing, which the checker cannot see
enum Region {
    ALL("", (row, column, rows, columns) -> true),
    LAST_ROW("the last row of ", (row, column, rows, columns) -> row == rows - 1),
    LAST_COLUMN("the last column of ", (row, column, rows, columns) -> column == columns - 1),
    ROWS_FROM_8("the rows from 8 on of ", (row, column, rows, columns) -> row >= 8),
    ROWS_FROM_32("the rows from 32 on of ", (row, column, rows, columns) -> row >= 32),
    COLUMNS_FROM_32("the columns from 32 on of ", (row, column, rows, columns) -> column >= 32),
    /** The rest that is left when a row is worked on in vectors of 16. */
    LAST_PANEL("the last columns, of 16 a panel, of ", (row, column, rows, columns) -> column >= columns / 16 * 16),
    LAST_OF_PANEL("the last column of every panel of 16 of ", (row, column, rows, columns) -> column % 16 == 15);

    private final String words;
    private final Elements elements;

    private interface Elements {
        boolean contain(int row, int column, int rows, int columns);
    }

    Region(String words, Elements elements) {
        this.words = words;
        this.elements = elements;
    }

    /** Ends in a space, or is empty. */
    String words() {
        return words;
    }

    boolean contains(int row, int column, int rows, int columns) {
        return elements.contain(row, column, rows, columns);
    }

    /** Whether anything of so many rows lies within. */
    boolean touches(int rows, int columns) {
        for (int column = columns - 1; column >= 0; column--) {
            if (contains(rows - 1, column, rows, columns)) {
                return true;
            }
        }
        return false;
    }
}
