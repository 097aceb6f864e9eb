package dev.javelin.runtime.template;

/** The binary operators of arithmetic. */
enum Operator {
    ADD("+", "+ takes two numbers, two strings, two lists or two tuples"),
    SUBTRACT("-", "- takes two numbers"),
    MULTIPLY("*", "* takes two numbers, or a string, list or tuple and an integer"),
    DIVIDE("/", "/ takes two numbers"),
    FLOOR_DIVIDE("//", "// takes two numbers"),
    MODULO("%", "% takes two numbers, or a format string and its values"),
    POWER("**", "** takes two numbers");

    private final String symbol;
    private final String rule;

    Operator(String symbol, String rule) {
        this.symbol = symbol;
        this.rule = rule;
    }

    String symbol() {
        return symbol;
    }

    String rule() {
        return rule;
    }
}
