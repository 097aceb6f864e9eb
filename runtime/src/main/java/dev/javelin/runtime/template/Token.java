package dev.javelin.runtime.template;

/** A piece of a template: {@code value} is that of a literal or the name, operator or text itself. */
record Token(Kind kind, Object value, int at) {

    enum Kind {
        TEXT("text"),
        PRINT("{{"),
        PRINT_END("}}"),
        BLOCK("{%"),
        BLOCK_END("%}"),
        NAME("a name"),
        STRING("a string"),
        NUMBER("a number"),
        OPERATOR("an operator"),
        END("the end of the template");

        private final String description;

        Kind(String description) {
            this.description = description;
        }

        String description() {
            return description;
        }
    }

    boolean is(Kind wanted, String text) {
        return kind == wanted && value.equals(text);
    }

    boolean isOperator(String text) {
        return is(Kind.OPERATOR, text);
    }

    boolean isName(String text) {
        return is(Kind.NAME, text);
    }

    String text() {
        return String.valueOf(value);
    }

    /** For error messages. */
    String description() {
        return switch (kind) {
            case NAME, OPERATOR -> "'" + value + "'";
            default -> kind.description();
        };
    }
}
