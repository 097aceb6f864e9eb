package dev.javelin.kernels.refs;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Files that an index lists by their roles, with their SHA-256 sums; each read is checked against its sum. */
public final class RefFiles {

    private final Path folder;
    private final JsonNode names;
    private final JsonNode sums;

    RefFiles(Path folder, JsonNode names, JsonNode sums) {
        this.folder = folder;
        this.names = names;
        this.sums = sums;
    }

    /** Whether the index lists a file of this role. */
    public boolean has(String role) {
        return names.has(role);
    }

    /** The whole content of a file. */
    public byte[] bytes(String role) {
        Path file = folder.resolve(names.required(role).textValue());
        try {
            byte[] bytes = Files.readAllBytes(file);
            String expected = sums.required(role).textValue();
            String actual = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            if (!actual.equals(expected)) {
                throw new IllegalStateException("the file must have the sum that its index states: file=" + file
                        + ", expected=" + expected + ", actual=" + actual);
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException("the file that the index lists must be readable: file=" + file, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The content of a file of little-endian floats. */
    public float[] floats(String role) {
        ByteBuffer bytes = ByteBuffer.wrap(bytes(role)).order(ByteOrder.LITTLE_ENDIAN);
        float[] floats = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(floats);
        return floats;
    }

    /** The content of a file of little-endian doubles. */
    public double[] doubles(String role) {
        ByteBuffer bytes = ByteBuffer.wrap(bytes(role)).order(ByteOrder.LITTLE_ENDIAN);
        double[] doubles = new double[bytes.remaining() / Double.BYTES];
        bytes.asDoubleBuffer().get(doubles);
        return doubles;
    }
}
