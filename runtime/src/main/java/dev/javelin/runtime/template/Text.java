package dev.javelin.runtime.template;

/** Values as text: what printing, joining and {@code ~} show of them. */
final class Text {

    private Text() {}

    static boolean is(Object value) {
        return value instanceof String || value instanceof Markup;
    }

    /** The characters of a value that {@link #is} text. */
    static String string(Object value) {
        return value instanceof Markup markup ? markup.text() : (String) value;
    }

    static String of(Object value, Meter meter) {
        return switch (value) {
            case String text -> text;
            case Markup markup -> markup.text();
            case Undefined undefined -> "";
            case Long number -> number.toString();
            default -> Repr.of(value, meter);
        };
    }
}
