package dev.javelin.runtime.template;

/** Finds strings in strings in time that grows with the sum of their lengths, never with the product. */
final class Search {

    /** Up to here the JDK's own search is quicker, and its worst case bearable. */
    private static final int SHORT = 16;

    /** What it costs to look once, however near the needle is. */
    private static final int FOUND = 12;

    private final String needle;
    private final Meter meter;
    private final int[] borders;

    Search(String needle, Meter meter) {
        this.needle = needle;
        this.meter = meter;
        this.borders = needle.length() <= SHORT ? new int[0] : borders(needle, meter);
    }

    static boolean contains(String text, String needle, Meter meter) {
        return needle.length() <= text.length() && new Search(needle, meter).in(text, 0) >= 0;
    }

    /** Where the needle is first found at or after {@code from}, or -1. */
    int in(String text, int from) {
        int found = borders.length == 0 ? text.indexOf(needle, from) : search(text, from);
        long passed = (long) (found < 0 ? text.length() : found) - from;
        meter.work(passed * Math.clamp(needle.length(), 1, SHORT) / 4 + FOUND);
        return found;
    }

    /** After Knuth, Morris and Pratt: the text is read once, forwards. */
    private int search(String text, int from) {
        int matched = 0;
        for (int i = from; i < text.length(); i++) {
            while (matched > 0 && text.charAt(i) != needle.charAt(matched)) {
                matched = borders[matched - 1];
            }
            if (text.charAt(i) == needle.charAt(matched) && ++matched == needle.length()) {
                return i - matched + 1;
            }
        }
        return -1;
    }

    /** For each start of the needle, how much of its end is also the needle's start. */
    private static int[] borders(String needle, Meter meter) {
        meter.allocate(4L * needle.length());
        meter.work(4L * needle.length());
        int[] borders = new int[needle.length()];
        int border = 0;
        for (int i = 1; i < needle.length(); i++) {
            while (border > 0 && needle.charAt(i) != needle.charAt(border)) {
                border = borders[border - 1];
            }
            border += needle.charAt(i) == needle.charAt(border) ? 1 : 0;
            borders[i] = border;
        }
        return borders;
    }

    /** Where the needle is last found in what is before {@code end}, or -1. */
    int lastIn(String text, int end) {
        int last = -1;
        if (borders.length == 0) {
            last = text.lastIndexOf(needle, end - needle.length());
            meter.work((long) (end - Math.max(last, 0)) * Math.clamp(needle.length(), 1, SHORT) / 4 + 1);
            return end < needle.length() ? -1 : last;
        }
        for (int at = in(text, 0); at >= 0 && at + needle.length() <= end; at = in(text, at + 1)) {
            last = at;
        }
        return last;
    }

    /** Replaces up to {@code most} occurrences; an empty needle is found around every character. */
    String replace(String text, String by, long most) {
        TextBuilder out = new TextBuilder(meter);
        int from = 0;
        long count = 0;
        if (needle.isEmpty()) {
            for (; count < most && from < text.length(); count++) {
                int end = text.offsetByCodePoints(from, 1);
                out.add(by).add(text, from, end);
                from = end;
            }
            return (count < most ? out.add(by) : out)
                    .add(text, from, text.length())
                    .toString();
        }
        for (; count < most; count++) {
            int found = in(text, from);
            if (found < 0) {
                break;
            }
            out.add(text, from, found).add(by);
            from = found + needle.length();
        }
        return count == 0 ? text : out.add(text, from, text.length()).toString();
    }

    int count(String text, int from, int end) {
        if (needle.isEmpty()) {
            return text.codePointCount(from, end) + 1;
        }
        int count = 0;
        for (int at = in(text, from); at >= 0 && at + needle.length() <= end; at = in(text, at + needle.length())) {
            count++;
        }
        return count;
    }
}
