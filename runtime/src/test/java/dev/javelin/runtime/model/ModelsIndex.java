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

    /** One model with one length of its context. */
    static final class Run {
        private final String name;
        private final Path file;
        private final int context;
        private final int[] tokens;
        private final int[] greedy;
        private final double[] margins;
        private final float[] logits;

        private Run(Path folder, JsonNode model, JsonNode run) {
            JsonNode played = json(folder.resolve(run.required("tokens_file").textValue()));
            name = model.required("name").textValue();
            file = folder.resolve(model.required("file").textValue());
            context = run.required("n_ctx").intValue();
            tokens = ints(played.required("tokens"));
            greedy = ints(played.required("greedy"));
            margins = doubles(played.required("greedy_margin"));
            logits = floats(folder.resolve(run.required("logits_exact").textValue()));
        }

        Path file() {
            return file;
        }

        int context() {
            return context;
        }

        int[] tokens() {
            return tokens;
        }

        int[] greedy() {
            return greedy;
        }

        /** Of the greedy choices, how far the first is above the second. */
        double[] margins() {
            return margins;
        }

        float[] logits() {
            return logits;
        }

        @Override
        public String toString() {
            return name + ", context " + context;
        }
    }

    static ModelsIndex read(Path folder) {
        List<Run> runs = new ArrayList<>();
        for (JsonNode model : json(folder.resolve("index.json")).required("models")) {
            for (JsonNode run : model.required("runs")) {
                runs.add(new Run(folder, model, run));
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
