package dev.javelin.runtime.model;

import dev.javelin.api.Program;
import dev.javelin.api.Value;
import dev.javelin.api.Want;
import dev.javelin.api.WeightSource;
import dev.javelin.runtime.gguf.GgufFile;
import dev.javelin.runtime.gguf.GgufMetadata;
import java.util.Map;

/**
 * A model as a device sees it: one program, for prompts and for single tokens alike, and where its weights come from.
 *
 * @param architecture its name
 * @param vocabulary ids that it knows
 * @param width of its hidden state
 * @param trainedContext tokens of the longest sequence it was trained for
 * @param context tokens of the longest sequence the program is for
 * @param weights of the file, readable while that is open
 */
public record Transformer(
        String architecture,
        int vocabulary,
        int width,
        int layers,
        int trainedContext,
        int context,
        Program program,
        WeightSource weights) {

    static final String HIDDEN = "output_norm";
    /** The output with all logits. */
    public static final String LOGITS = "logits";

    static final String IDS = "ids";

    /** The names of the program's outputs. */
    public static final Map<Want, String> OUTPUTS = Map.of(Want.HIDDEN, HIDDEN, Want.LOGITS, LOGITS, Want.ID, IDS);

    /** Tokens of the longest sequence that a file's model was trained for. */
    public static int trainedContext(GgufFile file) {
        return Families.read(file.metadata()).size().context();
    }

    /**
     * Reads what the file describes.
     *
     * @param context tokens of the longest sequence; belongs to the model, since some turn positions otherwise for longer ones
     * @throws ModelException if the architecture is unknown, or a key or tensor is missing or not as it must be
     */
    public static Transformer of(GgufFile file, int context, KvFormats formats) {
        GgufMetadata metadata = file.metadata();
        Architecture family = Families.read(metadata);
        Dimensions size = family.size();
        ModelTensors tensors = new ModelTensors(file);
        String name = metadata.string("general.architecture");
        Graph graph = new Graph(name, tensors, size, family.keep(formats), context);
        Value x = graph.embed(family.embeddingScale());
        for (int layer = 0; layer < size.layers(); layer++) {
            x = family.layer(graph, layer, x);
        }
        Program program = graph.finish(x, family.logitCap());
        return new Transformer(
                name, graph.vocabulary(), size.width(), size.layers(), size.context(), context, program, tensors);
    }
}
