package dev.javelin.runtime.template;

import java.util.List;

/** The text of a template with the places of its tags, which turns an offset into line, column and the tag around it. */
record Source(String text, List<Tag> tags) {

    private static final int EXCERPT = 120;

    /** Where a tag or comment begins and ends, delimiters included. */
    record Tag(int start, int end) {}

    Source {
        tags = List.copyOf(tags);
    }

    TemplateException exception(TemplateException.Kind kind, int at, String reason) {
        int place = Math.min(at, text.length());
        int lineStart = text.lastIndexOf('\n', place - 1) + 1;
        int line = 1;
        for (int i = 0; i < lineStart; i++) {
            line += text.charAt(i) == '\n' ? 1 : 0;
        }
        int column = text.codePointCount(lineStart, place) + 1;
        return new TemplateException(kind, line, column, excerpt(place), reason);
    }

    private String excerpt(int at) {
        for (Tag tag : tags) {
            if (tag.start <= at && at < tag.end) {
                return shorten(tag.start, tag.end, at);
            }
        }
        int end = text.indexOf('\n', at);
        return shorten(at, end < 0 ? text.length() : end, at);
    }

    /** A long tag is cut to what surrounds the place. */
    private String shorten(int start, int end, int at) {
        if (end - start <= EXCERPT) {
            return oneLine(text.substring(start, end));
        }
        int from = border(Math.max(start, Math.min(at - EXCERPT / 3, end - EXCERPT)));
        int to = border(Math.min(end, from + EXCERPT));
        return (from > start ? "…" : "") + oneLine(text.substring(from, to)) + (to < end ? "…" : "");
    }

    /** Not between the halves of a character. */
    private int border(int at) {
        boolean within = at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at));
        return within ? at - 1 : at;
    }

    private static String oneLine(String part) {
        return part.isBlank() ? "the text" : part.replace('\n', ' ');
    }
}
