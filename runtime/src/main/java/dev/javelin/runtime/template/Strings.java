package dev.javelin.runtime.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Operations on strings as Python has them; they count in code points. */
final class Strings {

    private static final int CHUNK = 128;

    private Strings() {}

    static int length(String text, Meter meter) {
        meter.work(text.length());
        return text.codePointCount(0, text.length());
    }

    /** Where the code point {@code index} of the text begins; indexes beyond the end count as the end. */
    static int offset(String text, long index) {
        if (index >= text.length()) {
            return text.length();
        }
        try {
            return text.offsetByCodePoints(0, (int) index);
        } catch (IndexOutOfBoundsException beyond) {
            return text.length(); // more units than characters
        }
    }

    static String strip(String text, Ends ends, Meter meter) {
        int start = 0;
        int end = text.length();
        while (ends.left() && start < end && ends.strips(text.codePointAt(start))) {
            start += Character.charCount(text.codePointAt(start));
        }
        while (ends.right() && end > start && ends.strips(text.codePointBefore(end))) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        meter.work(2L * (text.length() - (end - start)) * ends.cost());
        return cut(text, start, end, meter);
    }

    /** A part of the text; the whole is not copied. */
    static String cut(String text, int start, int end, Meter meter) {
        meter.text(end - start == text.length() ? 0 : end - start);
        return text.substring(start, end);
    }

    static String upper(String text, Meter meter) {
        return inChunks(text, chunk -> chunk.toUpperCase(Locale.ROOT), meter);
    }

    static String lower(String text, Meter meter) {
        return inChunks(text, chunk -> chunk.toLowerCase(Locale.ROOT), meter);
    }

    /**
     * Where case changes a string's length, the JDK copies the whole for each such character. So long strings are cut,
     * between words if possible, because a sigma looks different at the end of one.
     */
    private static String inChunks(String text, UnaryOperator<String> change, Meter meter) {
        meter.work(3L * text.length());
        if (text.length() <= CHUNK) {
            return change.apply(text);
        }
        TextBuilder out = new TextBuilder(meter);
        for (int from = 0; from < text.length(); ) {
            int end = Math.min(from + CHUNK, text.length());
            int border = end;
            while (end < text.length() && border > from && text.charAt(border) != ' ') {
                border--;
            }
            if (border == from) {
                border = end < text.length() && Character.isLowSurrogate(text.charAt(end)) ? end - 1 : end;
            }
            out.add(change.apply(text.substring(from, border)));
            from = border;
        }
        return out.toString();
    }

    static String capitalize(String text, Meter meter) {
        if (text.isEmpty()) {
            return text;
        }
        int first = text.offsetByCodePoints(0, 1);
        return titled(text.codePointAt(0)) + lower(text.substring(first), meter);
    }

    private static String titled(int c) {
        String upper = Character.toString(c).toUpperCase(Locale.ROOT);
        return upper.codePointCount(0, upper.length()) == 1
                ? Character.toString(Character.toTitleCase(c))
                : capitalizeLigature(upper);
    }

    private static String capitalizeLigature(String upper) {
        int first = upper.offsetByCodePoints(0, 1);
        return upper.substring(0, first) + upper.substring(first).toLowerCase(Locale.ROOT);
    }

    /** Each run of letters capitalized, as {@code str.title} does. */
    static String title(String text, Meter meter) {
        TextBuilder out = new TextBuilder(meter);
        boolean within = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            meter.step();
            out.add(within ? Character.toString(c).toLowerCase(Locale.ROOT) : titled(c));
            within = Chars.isCased(c);
        }
        return out.toString();
    }

    static String swapCase(String text, Meter meter) {
        TextBuilder out = new TextBuilder(meter);
        text.codePoints().forEach(c -> {
            String one = Character.toString(c);
            meter.step();
            out.add(Character.isUpperCase(c) ? one.toLowerCase(Locale.ROOT) : one.toUpperCase(Locale.ROOT));
        });
        return out.toString();
    }

    static List<Object> split(String text, String separator, long most, Meter meter) {
        if (separator.isEmpty()) {
            throw Fault.render("the separator of split must not be empty");
        }
        Search search = new Search(separator, meter);
        List<Object> parts = new ArrayList<>();
        int from = 0;
        for (int found; parts.size() < most && (found = search.in(text, from)) >= 0; ) {
            add(parts, text, from, found, meter);
            from = found + separator.length();
        }
        add(parts, text, from, text.length(), meter);
        return parts;
    }

    static List<Object> splitFromRight(String text, String separator, long most, Meter meter) {
        if (separator.isEmpty()) {
            throw Fault.render("the separator of rsplit must not be empty");
        }
        if (separator.length() > 1 && most > 1) {
            return splitLongFromRight(text, separator, most, meter);
        }
        Search search = new Search(separator, meter);
        List<Object> parts = new ArrayList<>();
        int end = text.length();
        for (int found; parts.size() < most && (found = search.lastIn(text, end)) >= 0; ) {
            add(parts, text, found + separator.length(), end, meter);
            end = found;
        }
        add(parts, text, 0, end, meter);
        Collections.reverse(parts);
        return parts;
    }

    /** By searching forwards in reversed strings, so that a long separator stays linear too. */
    private static List<Object> splitLongFromRight(String text, String separator, long most, Meter meter) {
        meter.text(2L * text.length());
        List<Object> reversed = split(reverse(text), reverse(separator), most, meter);
        List<Object> parts = new ArrayList<>(reversed.size());
        for (Object part : reversed.reversed()) {
            parts.add(reverse((String) part));
        }
        return parts;
    }

    static String reverse(String text) {
        return new StringBuilder(text).reverse().toString();
    }

    /** Split at runs of whitespace, none of which is part of the result. */
    static List<Object> words(String text, long most, Meter meter) {
        meter.work(2L * text.length());
        List<Object> words = new ArrayList<>();
        int i = 0;
        while (true) {
            while (i < text.length() && Chars.isSpace(text.charAt(i))) {
                i++;
            }
            if (i == text.length()) {
                return words;
            }
            int start = i;
            if (words.size() >= most) {
                add(words, text, start, text.length(), meter);
                return words;
            }
            while (i < text.length() && !Chars.isSpace(text.charAt(i))) {
                i++;
            }
            add(words, text, start, i, meter);
        }
    }

    static List<Object> wordsFromRight(String text, long most, Meter meter) {
        meter.work(2L * text.length());
        List<Object> words = new ArrayList<>();
        int end = text.length();
        while (true) {
            while (end > 0 && Chars.isSpace(text.charAt(end - 1))) {
                end--;
            }
            if (end == 0) {
                break;
            }
            if (words.size() >= most) {
                add(words, text, 0, end, meter);
                break;
            }
            int start = end;
            while (start > 0 && !Chars.isSpace(text.charAt(start - 1))) {
                start--;
            }
            add(words, text, start, end, meter);
            end = start;
        }
        Collections.reverse(words);
        return words;
    }

    static List<Object> lines(String text, boolean keepEnds, Meter meter) {
        meter.work(2L * text.length());
        List<Object> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Chars.isLineBreak(c)) {
                boolean pair = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
                int next = pair ? i + 2 : i + 1;
                add(lines, text, start, keepEnds ? next : i, meter);
                start = next;
                i = next - 1;
            }
        }
        if (start < text.length()) {
            add(lines, text, start, text.length(), meter);
        }
        return lines;
    }

    private static void add(List<Object> parts, String text, int start, int end, Meter meter) {
        meter.part();
        parts.add(cut(text, start, end, meter));
    }

    /** Filled up to {@code width} code points, {@code left} of them in front. */
    static String pad(String text, long left, long right, String fill, Meter meter) {
        if (left <= 0 && right <= 0) {
            return text;
        }
        if (length(fill, meter) != 1) {
            throw Fault.render("the fill must be one character: fill=" + Repr.of(fill, meter));
        }
        return new TextBuilder(meter)
                .repeat(fill, left)
                .add(text)
                .repeat(fill, right)
                .toString();
    }

    static String join(String separator, List<Object> items, Meter meter) {
        TextBuilder out = new TextBuilder(meter);
        for (int i = 0; i < items.size(); i++) {
            Object item = items.get(i);
            if (!Text.is(item)) {
                throw Types.mismatch("join takes strings, as item " + i, item);
            }
            meter.step();
            out.add(i == 0 ? "" : separator).add(Text.string(item));
        }
        return out.toString();
    }
}
