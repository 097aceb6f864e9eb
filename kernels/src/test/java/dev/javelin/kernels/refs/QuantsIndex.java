package dev.javelin.kernels.refs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The index of a {@code quants} folder: matrices quantised and dequantised by another implementation.
 *
 * <p>Roles of {@link #shared()}: {@code source}, {@code W}, {@code x} (floats), {@code x_q8_0}, {@code x_q8_K} (x quantised).
 * Roles of an entry's {@link Entry#files()}: {@code quantized}, {@code dequantized}, {@code W_quantized}, {@code y_exact}
 * (doubles), {@code y_ggml}, and if there are random blocks {@code random_blocks} and {@code random_dequantized}.
 */
public record QuantsIndex(Matrix source, Matrix w, Matrix x, RefFiles shared, List<Entry> entries) {

    /** The shape of a shared matrix, row-major. */
    public record Matrix(int rows, int cols) {
        static Matrix of(JsonNode node) {
            return new Matrix(
                    node.required("rows").intValue(), node.required("cols").intValue());
        }

        /** How many elements it has. */
        public int size() {
            return Math.multiplyExact(rows, cols);
        }
    }

    /**
     * What the folder holds for one format.
     *
     * @param type the name of the format, that of the constant of {@code Format}
     * @param activationType what ggml rounds activations to before it multiplies
     * @param matvecError the relative L2 error of ggml's matrix-vector product caused by that
     */
    public record Entry(
            String type,
            int ggufId,
            int blockLength,
            int blockBytes,
            Matrix source,
            Matrix w,
            int vectors,
            int randomBlocks,
            String activationType,
            double matvecError,
            RefFiles files) {

        static Entry of(Path folder, JsonNode node) {
            return new Entry(
                    node.required("type").textValue(),
                    node.required("ggml_type_id").intValue(),
                    node.required("block_size").intValue(),
                    node.required("type_size_bytes").intValue(),
                    Matrix.of(node),
                    new Matrix(
                            node.required("W_rows").intValue(),
                            node.required("W_cols").intValue()),
                    node.required("n_x").intValue(),
                    node.required("random_block_count").intValue(),
                    node.required("ggml_activation_type").textValue(),
                    node.required("ggml_matvec_rel_l2_error").doubleValue(),
                    new RefFiles(folder, node.required("files"), node.required("sha256")));
        }

        @Override
        public String toString() {
            return type;
        }
    }

    /** Reads {@code index.json} of {@code folder}. */
    public static QuantsIndex read(Path folder) {
        JsonNode root;
        try {
            root = new ObjectMapper().readTree(folder.resolve("index.json").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException("the index must be readable JSON: folder=" + folder, e);
        }
        List<Entry> entries = new ArrayList<>();
        for (JsonNode node : root.required("types")) {
            entries.add(Entry.of(folder, node));
        }
        if (entries.isEmpty()) {
            throw new IllegalStateException("the index must list at least one type: folder=" + folder);
        }
        return new QuantsIndex(
                Matrix.of(root.required("source")),
                Matrix.of(root.required("W")),
                Matrix.of(root.required("x")),
                new RefFiles(folder, root.required("shared_files"), root.required("shared_sha256")),
                List.copyOf(entries));
    }
}
