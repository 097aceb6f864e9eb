package dev.javelin.runtime.text;

/** Cuts numbers into threes counted from the right, as people write thousands: {@code 1|234|567}. */
record DigitGroups(CharSet digits, boolean keepsRest) implements Splitter {

    /** Runs of numbers of any script; what lies between them stays with the first group after it, as in AFMoE and Tiny Aya. */
    static DigitGroups ofNumbers() {
        return new DigitGroups(CharSet.ofKinds(CharKinds.NUMBER), true);
    }

    /** Runs of ASCII digits; what lies between them is pieces of its own. */
    static DigitGroups ofAscii() {
        return new DigitGroups(CharSet.ofRanges("09"), false);
    }

    @Override
    public void split(byte[] text, byte[] kinds, int from, int end, Pieces out) {
        int gap = from;
        int at = from;
        while (at < end) {
            int start = at;
            int count = 0;
            while (at < end && digits.has(text, kinds, at)) {
                at = Utf8.characterEnd(text, at, end);
                count++;
            }
            if (count == 0) {
                at = Utf8.characterEnd(text, at, end);
                continue;
            }
            if (gap < start && !keepsRest) {
                out.piece(gap, start);
                gap = start;
            }
            for (int left = count; left > 0; ) {
                int take = left % 3 == 0 ? 3 : left % 3;
                int next = start;
                for (int i = 0; i < take; i++) {
                    next = Utf8.characterEnd(text, next, end);
                }
                out.piece(gap, next);
                start = next;
                gap = next;
                left -= take;
            }
        }
        if (gap < end) {
            out.piece(gap, end);
        }
    }
}
