package dev.javelin.runtime.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Text as bytes. What is not valid Unicode in it has become U+FFFD.
 *
 * <p>The array is longer than the text by {@link #PADDING}, so that eight bytes can be read anywhere in it.
 */
final class Utf8 {

    static final int PADDING = Long.BYTES;

    private static final byte[] REPLACEMENT = {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD};

    private final byte[] bytes;
    private final int length;

    private Utf8(byte[] bytes, int length) {
        this.bytes = bytes;
        this.length = length;
    }

    static Utf8 of(String text) {
        byte[] bytes = hasLoneSurrogate(text) ? replaced(text) : text.getBytes(StandardCharsets.UTF_8);
        return new Utf8(Arrays.copyOf(bytes, Math.addExact(bytes.length, PADDING)), bytes.length);
    }

    /** Where the characters that begin at {@code chars} of {@code text} begin in its bytes. */
    static BitSet places(String text, BitSet chars) {
        BitSet places = new BitSet();
        int place = 0;
        int next = 0;
        for (int at = chars.nextSetBit(0); at >= 0 && at < text.length(); at = chars.nextSetBit(at + 1)) {
            while (next < at) {
                int character = text.codePointAt(next);
                place +=
                        character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4; // U+FFFD has 3, too
                next += Character.charCount(character);
            }
            places.set(place);
        }
        return places;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Where the character that begins at {@code at} ends. */
    static int characterEnd(byte[] bytes, int at, int end) {
        int next = at + 1;
        while (next < end && (bytes[next] & 0xC0) == 0x80) {
            next++;
        }
        return next;
    }

    /** The code point that begins at {@code at} in valid UTF-8, which reading may overrun by the padding. */
    static int codePoint(byte[] bytes, int at) {
        int lead = bytes[at];
        if (lead >= 0) {
            return lead;
        }
        int second = bytes[at + 1] & 0x3F;
        if ((lead & 0xE0) == 0xC0) {
            return (lead & 0x1F) << 6 | second;
        }
        int third = bytes[at + 2] & 0x3F;
        if ((lead & 0xF0) == 0xE0) {
            return (lead & 0x0F) << 12 | second << 6 | third;
        }
        return (lead & 0x07) << 18 | second << 12 | third << 6 | (bytes[at + 3] & 0x3F);
    }

    private static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    private static byte[] replaced(String text) {
        CharsetEncoder encoder = StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .replaceWith(REPLACEMENT);
        try {
            ByteBuffer encoded = encoder.encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw new IllegalStateException("malformed input is replaced, so it cannot fail", e);
        }
    }
}
