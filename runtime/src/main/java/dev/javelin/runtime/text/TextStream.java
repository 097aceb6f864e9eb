package dev.javelin.runtime.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the tokens of one conversation as text while they come, never half a character: what a token leaves incomplete is
 * kept until the next one completes it.
 *
 * <p>Not thread-safe; nothing to close, but {@link #end()} gives what was kept.
 */
public final class TextStream {

    private final Tokenizer tokenizer;
    private final boolean showsControl;
    private byte[] kept = new byte[0];

    TextStream(Tokenizer tokenizer, boolean showsControl) {
        this.tokenizer = tokenizer;
        this.showsControl = showsControl;
    }

    /** The text that is complete now that {@code token} has come; often empty in scripts of several bytes a character. */
    public String next(int token) {
        byte[] piece = tokenizer.piece(token);
        TokenType type = tokenizer.type(token);
        if (!showsControl && (type == TokenType.CONTROL || type == TokenType.UNKNOWN)) {
            piece = new byte[0];
        }
        byte[] bytes = Arrays.copyOf(kept, kept.length + piece.length);
        System.arraycopy(piece, 0, bytes, kept.length, piece.length);
        int complete = complete(bytes);
        kept = Arrays.copyOfRange(bytes, complete, bytes.length);
        return new String(bytes, 0, complete, StandardCharsets.UTF_8);
    }

    /** What is left at the end: U+FFFD if a character stayed incomplete, else nothing. The stream can then be used anew. */
    public String end() {
        String rest = new String(kept, StandardCharsets.UTF_8);
        kept = new byte[0];
        return rest;
    }

    /** How many bytes there are before a character that more bytes could complete. */
    private static int complete(byte[] bytes) {
        for (int back = 1; back <= 3 && back <= bytes.length; back++) {
            int at = bytes.length - back;
            if ((bytes[at] & 0xC0) != 0x80) {
                return canGoOn(bytes, at) ? at : bytes.length;
            }
        }
        return bytes.length;
    }

    /** Whether the bytes from {@code at} to the end begin a longer valid character. */
    private static boolean canGoOn(byte[] bytes, int at) {
        int lead = bytes[at] & 0xFF;
        int length = lead >= 0xC2 && lead <= 0xDF
                ? 2
                : lead >= 0xE0 && lead <= 0xEF ? 3 : lead >= 0xF0 && lead <= 0xF4 ? 4 : 1;
        if (length <= bytes.length - at) {
            return false;
        }
        if (at + 1 == bytes.length) {
            return true;
        }
        int second = bytes[at + 1] & 0xFF;
        return switch (lead) {
            case 0xE0 -> second >= 0xA0;
            case 0xF0 -> second >= 0x90;
            case 0xF4 -> second < 0x90; // nothing above U+10FFFF
            default -> true;
        };
    }
}
