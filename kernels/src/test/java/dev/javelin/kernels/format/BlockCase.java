package dev.javelin.kernels.format;

import dev.javelin.api.Format;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Blocks and floats that belong together, from {@code decoded.txt} or {@code encoded.txt}. */
final class BlockCase {

    final Format format;
    final byte[] blocks;
    final float[] floats;

    private BlockCase(Format format, byte[] blocks, float[] floats) {
        this.format = format;
        this.blocks = blocks;
        this.floats = floats;
    }

    /** What ggml decodes blocks to. */
    static List<BlockCase> decoded() {
        return lines("decoded.txt")
                .map(fields -> new BlockCase(Format.valueOf(fields[0]), bytes(fields[1]), floats(fields[2])))
                .toList();
    }

    /** What ggml encodes floats to. */
    static List<BlockCase> encoded() {
        return lines("encoded.txt")
                .map(fields -> new BlockCase(Format.valueOf(fields[0]), bytes(fields[2]), floats(fields[1])))
                .toList();
    }

    private static Stream<String[]> lines(String file) {
        try (InputStream in = Objects.requireNonNull(BlockCase.class.getResourceAsStream(file), file)) {
            String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return text.lines().filter(line -> !line.startsWith("#")).map(line -> line.split(" ", -1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(String base64) {
        return Base64.getDecoder().decode(base64);
    }

    private static float[] floats(String base64) {
        ByteBuffer bytes = ByteBuffer.wrap(bytes(base64)).order(ByteOrder.LITTLE_ENDIAN);
        float[] floats = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(floats);
        return floats;
    }

    @Override
    public String toString() {
        return format.toString();
    }
}
