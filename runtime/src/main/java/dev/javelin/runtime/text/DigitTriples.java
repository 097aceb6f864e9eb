package dev.javelin.runtime.text;

/** The pattern {@code [0-9][0-9][0-9]}: threes of ASCII digits, counted from the left. */
final class DigitTriples implements Matcher {

    @Override
    public int match(byte[] text, byte[] kinds, int at, int end) {
        boolean three =
                at + 2 < end && Scan.isDigit(text[at]) && Scan.isDigit(text[at + 1]) && Scan.isDigit(text[at + 2]);
        return three ? at + 3 : at;
    }
}
