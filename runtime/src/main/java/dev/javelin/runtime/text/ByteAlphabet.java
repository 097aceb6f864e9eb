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
            boolean visible = b >= 0x21 && b <= 0x7E || b >= 0xA1 && b <= 0xAC || b >= 0xAE;
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
        String text = new String(utf8, StandardCharsets.UTF_8);
        byte[] decoded = new byte[text.length()];
        for (int i = 0; i < decoded.length; i++) {
            char c = text.charAt(i);
            if (c >= bytes.length || bytes[c] < 0) {
                return null;
            }
            decoded[i] = (byte) bytes[c];
        }
        return decoded;
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
