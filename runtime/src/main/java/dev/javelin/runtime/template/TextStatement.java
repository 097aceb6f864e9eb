package dev.javelin.runtime.template;

/** Text outside of tags. */
final class TextStatement extends Statement {
    private final String text;

    TextStatement(int at, String text) {
        super(at, 0);
        this.text = text;
    }

    @Override
    Flow execute(Scope scope, TextBuilder out) {
        out.add(text);
        return Flow.NEXT;
    }
}
