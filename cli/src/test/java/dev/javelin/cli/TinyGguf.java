package dev.javelin.cli;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Small GGUF files that say one thing. */
final class TinyGguf {
    private static final int STRING = 8;

    private TinyGguf() {}

    /** A file without tensors that names an architecture. */
    static byte[] architecture(String name) {
        ByteBuffer bytes = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("GGUF".getBytes(StandardCharsets.US_ASCII))
                .putInt(3)
                .putLong(0)
                .putLong(1);
        string(bytes, "general.architecture");
        bytes.putInt(STRING);
        string(bytes, name);
        return bytes.array();
    }

    private static void string(ByteBuffer to, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        to.putLong(utf8.length).put(utf8);
    }
}
