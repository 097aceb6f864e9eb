package dev.javelin.runtime;

import dev.javelin.api.DeviceInfo;
import dev.javelin.runtime.engine.Engine;
import dev.javelin.runtime.gguf.GgufFile;
import dev.javelin.runtime.gguf.GgufMetadata;
import dev.javelin.runtime.model.Transformer;
import dev.javelin.runtime.template.ChatTemplate;
import dev.javelin.runtime.text.Tokenizer;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * A language model that is open on a device.
 *
 * <pre>{@code
 * try (Model model = Model.load(Path.of("qwen3-0.6b-q4_0.gguf"));
 *         Chat chat = model.chat()) {
 *     chat.ask("Why is the sky blue?").onEach(System.out::print);
 * }
 * }</pre>
 *
 * <p>The opener closes it, which ends all that is under way in it. Usable from any thread; any number of conversations can be
 * open at once, and what several of them generate at the same time is computed together.
 */
public final class Model implements AutoCloseable {
    private final Loaded loaded;

    Model(Loaded loaded) {
        this.loaded = loaded;
    }

    /** Opens a file on the device that {@link Devices} would choose. */
    public static Model load(Path file) {
        return from(file).load();
    }

    /** Opens a file as the builder is told. */
    public static ModelBuilder from(Path file) {
        return new ModelBuilder(() -> GgufFile.open(file));
    }

    /** Opens a file that lies somewhere else than in a folder; the model closes it. */
    public static ModelBuilder from(Supplier<GgufFile> file) {
        return new ModelBuilder(file);
    }

    /** A new chat, in the form that the model's template gives it. */
    public Chat chat() {
        return new Chat(this, GenerationOptions.DEFAULTS);
    }

    /** A new chat whose answers are generated with these options. */
    public Chat chat(GenerationOptions options) {
        return new Chat(this, options);
    }

    /** A new conversation of plain tokens, without a template. */
    public Conversation conversation() {
        return new Conversation(this, engine().open());
    }

    /** Continues a text in a conversation of its own, which ends with it. */
    public Generation generate(String prompt, GenerationOptions options) {
        Conversation conversation = conversation();
        try {
            Generation generation = conversation.generate(prompt, options);
            generation.whenEnded(conversation::close);
            return generation;
        } catch (RuntimeException refused) {
            conversation.close();
            throw refused;
        }
    }

    /** Continues a text with the default options. */
    public Generation generate(String prompt) {
        return generate(prompt, GenerationOptions.DEFAULTS);
    }

    public Tokenizer tokenizer() {
        return loaded.tokenizer();
    }

    /** What the file says about itself. */
    public GgufMetadata metadata() {
        return loaded.file().metadata();
    }

    /** The name of the architecture, such as {@code qwen3}. */
    public String architecture() {
        return transformer().architecture();
    }

    /** Tokens of the longest conversation. */
    public int context() {
        return transformer().context();
    }

    /** Tokens of the longest sequence that the model was trained for. */
    public int trainedContext() {
        return transformer().trainedContext();
    }

    /** Ids that the model knows; there may be more than the tokenizer has texts for. */
    public int vocabulary() {
        return transformer().vocabulary();
    }

    /** Numbers of the hidden state. */
    public int width() {
        return transformer().width();
    }

    /** Where it runs. */
    public DeviceInfo device() {
        return loaded.device().info();
    }

    /** What it takes of the device's memory. */
    public MemoryPlan memory() {
        return loaded.memory();
    }

    /** How busy it is, between two steps. */
    public Activity activity() {
        Engine.Load load = engine().load();
        return new Activity(load.tasks(), load.sequences(), load.blocksInUse(), load.steps(), load.tokens());
    }

    /**
     * How chats are put to the model.
     *
     * @throws dev.javelin.runtime.template.TemplateException if it came without a template and none was given
     */
    public ChatTemplate chatTemplate() {
        ChatTemplate template = loaded.template();
        return template == null ? ChatTemplate.of(null, loaded.file().name()) : template;
    }

    /** The hidden state after a text, as a vector of length 1: near for texts that the model finds alike. */
    public float[] embed(String text) {
        try (Conversation conversation = conversation()) {
            return conversation.embed(text);
        }
    }

    Loaded loaded() {
        return loaded;
    }

    ControlTexts controlTexts() {
        return loaded.controlTexts();
    }

    private Transformer transformer() {
        return loaded.transformer();
    }

    Engine engine() {
        return loaded.engine();
    }

    /** Cancels what is under way and gives everything back. Closing twice does nothing. */
    @Override
    public void close() {
        loaded.close();
    }
}
