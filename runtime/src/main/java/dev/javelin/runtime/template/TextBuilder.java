package dev.javelin.runtime.template;

/** A string that grows under a {@link Meter}. */
final class TextBuilder {
    private final StringBuilder text = new StringBuilder();
    private final Meter meter;

    TextBuilder(Meter meter) {
        this.meter = meter;
    }

    TextBuilder add(String more) {
        return add(more, 0, more.length());
    }

    TextBuilder add(String more, int from, int to) {
        grow(to - from);
        text.append(more, from, to);
        return this;
    }

    TextBuilder add(char more) {
        grow(1);
        text.append(more);
        return this;
    }

    TextBuilder addCodePoint(int more) {
        grow(2);
        meter.work(4);
        text.appendCodePoint(more);
        return this;
    }

    TextBuilder repeat(String more, long times) {
        if (times > 0 && !more.isEmpty()) {
            // The product may overflow, the quotient cannot.
            grow(times > meter.textChars() / more.length() ? Long.MAX_VALUE / 4 : times * more.length());
            text.repeat(more, (int) times);
        }
        return this;
    }

    int length() {
        return text.length();
    }

    private void grow(long chars) {
        if (text.length() + chars > meter.textChars()) {
            throw Fault.limit("a text may have at most " + meter.textChars() + " characters");
        }
        meter.work(chars);
        meter.allocate(2 * chars);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
