package dev.javelin.runtime.text;

import java.util.Arrays;

/** A set of characters. */
@FunctionalInterface
interface CharSet {

    /** Whether the character that begins at {@code at} is in the set. */
    boolean has(byte[] text, byte[] kinds, int at);

    /** The characters of some kinds. */
    static CharSet ofKinds(int mask) {
        return (text, kinds, at) -> (kinds[at] & mask) != 0;
    }

    /** The characters of {@code ranges}, of which each two stand for the first and the last of a range, in order. */
    static CharSet ofRanges(String ranges) {
        int[] bounds = ranges.codePoints().toArray();
        return (text, kinds, at) -> {
            int codePoint = Utf8.codePoint(text, at);
            int found = Arrays.binarySearch(bounds, codePoint);
            return found >= 0 || (-found - 1) % 2 == 1;
        };
    }

    default CharSet or(CharSet other) {
        return (text, kinds, at) -> has(text, kinds, at) || other.has(text, kinds, at);
    }

    default CharSet but(CharSet other) {
        return (text, kinds, at) -> has(text, kinds, at) && !other.has(text, kinds, at);
    }
}
