package dev.javelin.runtime.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How vocabularies of byte-level BPE write bytes: each as one visible character. Printable bytes of Latin-1 stand for
 * themselves, the others for U+0100 and up, in order; so a space is written as U+0120.
 */
final class ByteAlphabet {

    private static final int FIRST_SUBSTITUTE = 0x100;

    private final char[] characters = new char[256];
    private final short[] bytes = new short[FIRST_SUBSTITUTE + 256];

    ByteAlphabet() {
        Arrays.fill(bytes, (short) -1);
        int substitute = FIRST_SUBSTITUTE;
        for (int b = 0; b < 256; b++) {
            boolean visible = (b >= 0x21 && b <= 0x7E) || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
            int character = visible ? b : substitute++;
            characters[b] = (char) character;
            bytes[character] = (short) b;
        }
    }

    /** How a byte is written. */
    char character(int b) {
        return characters[b];
    }

    /** The bytes that a token stands for, or null if it has a character that stands for none. */
    byte @Nullable [] decode(byte[] utf8) {
        byte[] decoded = new byte[utf8.length];
        int length = decode(utf8, 0, utf8.length, decoded, 0);
        return length < 0 ? null : Arrays.copyOf(decoded, length);
    }

    /** Decodes a part of {@code utf8}; answers where the decoded bytes end, or -1 if a character stands for none. */
    int decode(byte[] utf8, int from, int end, byte[] into, int start) {
        int to = start;
        for (int at = from; at < end; ) {
            int character = utf8[at++];
            if (character < 0) {
                boolean two = (character & 0xE0) == 0xC0 && at < end && (utf8[at] & 0xC0) == 0x80;
                character = two ? (character & 0x1F) << 6 | (utf8[at++] & 0x3F) : bytes.length;
            }
            if (character >= bytes.length || bytes[character] < 0) {
                return -1;
            }
            into[to++] = (byte) bytes[character];
        }
        return to;
    }

    /** As {@link #decode}, but a character that stands for no byte stands for itself. */
    byte[] decodeLeniently(byte[] utf8) {
        byte[] decoded = decode(utf8);
        if (decoded != null) {
            return decoded;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new String(utf8, StandardCharsets.UTF_8).codePoints().forEach(c -> {
            if (c < bytes.length && bytes[c] >= 0) {
                out.write(bytes[c]);
            } else {
                out.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
            }
        });
        return out.toByteArray();
    }
}
