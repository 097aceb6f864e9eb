package dev.javelin.runtime.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The index of a {@code models} folder: small models with the logits that another implementation computes. */
record ModelsIndex(List<Run> runs) {

    /**
     * One model with one length of its context.
     *
     * @param margins of the greedy choices: how far the first is above the second
     */
    record Run(String name, Path file, int context, int[] tokens, int[] greedy, double[] margins, float[] logits) {
        @Override
        public String toString() {
            return name + ", context " + context;
        }
    }

    static ModelsIndex read(Path folder) {
        List<Run> runs = new ArrayList<>();
        for (JsonNode model : json(folder.resolve("index.json")).required("models")) {
            for (JsonNode run : model.required("runs")) {
                JsonNode tokens =
                        json(folder.resolve(run.required("tokens_file").textValue()));
                runs.add(new Run(
                        model.required("name").textValue(),
                        folder.resolve(model.required("file").textValue()),
                        run.required("n_ctx").intValue(),
                        ints(tokens.required("tokens")),
                        ints(tokens.required("greedy")),
                        doubles(tokens.required("greedy_margin")),
                        floats(folder.resolve(run.required("logits_exact").textValue()))));
            }
        }
        return new ModelsIndex(List.copyOf(runs));
    }

    private static JsonNode json(Path file) {
        try {
            return new ObjectMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException("must be readable JSON: file=" + file, e);
        }
    }

    private static float[] floats(Path file) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            float[] floats = new float[bytes.remaining() / Float.BYTES];
            bytes.asFloatBuffer().get(floats);
            return floats;
        } catch (IOException e) {
            throw new UncheckedIOException("must be readable: file=" + file, e);
        }
    }

    private static int[] ints(JsonNode array) {
        int[] ints = new int[array.size()];
        for (int i = 0; i < ints.length; i++) {
            ints[i] = array.get(i).intValue();
        }
        return ints;
    }

    private static double[] doubles(JsonNode array) {
        double[] doubles = new double[array.size()];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = array.get(i).doubleValue();
        }
        return doubles;
    }
}
