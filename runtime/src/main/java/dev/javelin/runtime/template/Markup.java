package dev.javelin.runtime.template;

/** A string marked as safe HTML: other strings are escaped when they are joined to it. */
record Markup(String text) {

    static String escape(String text, Meter meter) {
        TextBuilder out = new TextBuilder(meter);
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            String entity = entity(text.charAt(i));
            if (!entity.isEmpty()) {
                out.add(text, from, i).add(entity);
                from = i + 1;
            }
        }
        return from == 0 ? text : out.add(text, from, text.length()).toString();
    }

    private static String entity(char c) {
        return switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> "&#34;";
            case '\'' -> "&#39;";
            default -> "";
        };
    }

    /** The value as safe HTML: as it is if it is safe already, else escaped. */
    static String of(Object value, Meter meter) {
        return value instanceof Markup markup ? markup.text : escape(Text.of(value, meter), meter);
    }
}
