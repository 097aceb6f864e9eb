package dev.javelin.runtime.gguf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * The strings of a metadata array, such as the tokens of a vocabulary. They stay in the file: each is read when it is
 * asked for.
 *
 * <p>Usable from any thread while the {@link GgufFile} is open, which owns the memory.
 */
public final class GgufStrings {

    /** Strings between two marks: a string is found by walking from the mark before it. */
    static final int STRIDE = 16;

    private final String file;
    private final String key;
    private final int size;
    private final MemorySegment bytes;
    private final ByteOrder order;
    private final int[] marks;

    /**
     * Strings whose lengths were checked.
     *
     * @param bytes all strings, each after its length of 8 bytes
     * @param marks where the strings 0, {@link #STRIDE}, 2 {@link #STRIDE} and so on begin
     */
    GgufStrings(String file, String key, int size, MemorySegment bytes, ByteOrder order, int[] marks) {
        this.file = file;
        this.key = key;
        this.size = size;
        this.bytes = bytes;
        this.order = order;
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
        try {
            long at = marks[index / STRIDE];
            for (int walked = index % STRIDE; walked > 0; walked--) {
                at += Long.BYTES + length(at);
            }
            return bytes.asSlice(at + Long.BYTES, length(at)).toArray(ValueLayout.JAVA_BYTE);
        } catch (InternalError | IndexOutOfBoundsException e) {
            throw changed(e);
        }
    }

    /** The lengths were checked when the file was opened, so one that does not fit shows that the file changed since. */
    private long length(long at) {
        return Objects.checkFromIndexSize(
                0L, bytes.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order), at), bytes.byteSize() - at);
    }

    private GgufException changed(Throwable cause) {
        return new GgufException(
                "the file must not change while it is open: key=" + key + ", file=" + file + "; open it again", cause);
    }
}
