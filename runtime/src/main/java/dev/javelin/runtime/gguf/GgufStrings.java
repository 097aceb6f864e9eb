package dev.javelin.runtime.gguf;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * The strings of a metadata array, such as the tokens of a vocabulary. They are kept as they were in the file and made when
 * they are asked for, so whoever needs them often keeps them.
 *
 * <p>Immutable, usable from any thread, also after the file was closed.
 */
public final class GgufStrings {

    /** Strings between two marks: a string is found by walking from the mark before it. */
    static final int STRIDE = 16;

    private final int size;
    private final ByteBuffer header;
    private final int[] marks;

    GgufStrings(int size, ByteBuffer header, int[] marks) {
        this.size = size;
        this.header = header;
        this.marks = marks;
    }

    /** How many strings there are. */
    public int size() {
        return size;
    }

    /** The string at {@code index}; what is not UTF-8 in it becomes U+FFFD. */
    public String get(int index) {
        return new String(bytes(index), StandardCharsets.UTF_8);
    }

    /** The bytes of the string at {@code index}, as they are in the file. */
    public byte[] bytes(int index) {
        Objects.checkIndex(index, size);
        int at = marks[index / STRIDE];
        for (int walked = index % STRIDE; walked > 0; walked--) {
            at += Long.BYTES + (int) header.getLong(at);
        }
        byte[] string = new byte[(int) header.getLong(at)];
        header.get(at + Long.BYTES, string);
        return string;
    }
}
