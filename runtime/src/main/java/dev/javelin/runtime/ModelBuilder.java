package dev.javelin.runtime;

import dev.javelin.api.Bindings;
import dev.javelin.api.Device;
import dev.javelin.api.Format;
import dev.javelin.api.Limits;
import dev.javelin.api.LoadListener;
import dev.javelin.api.OpenOptions;
import dev.javelin.api.Plan;
import dev.javelin.api.PlanSpec;
import dev.javelin.api.Precision;
import dev.javelin.api.Program;
import dev.javelin.api.StateGroup;
import dev.javelin.api.StateSpec;
import dev.javelin.api.StateStore;
import dev.javelin.api.Step;
import dev.javelin.api.Weights;
import dev.javelin.runtime.engine.Batch;
import dev.javelin.runtime.engine.Engine;
import dev.javelin.runtime.gguf.GgufException;
import dev.javelin.runtime.gguf.GgufFile;
import dev.javelin.runtime.gguf.GgufModel;
import dev.javelin.runtime.model.KvFormats;
import dev.javelin.runtime.model.Transformer;
import dev.javelin.runtime.template.ChatTemplate;
import dev.javelin.runtime.text.Tokenizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Says how a model is to be opened, and opens it. For one thread. */
public final class ModelBuilder {
    private static final System.Logger LOG = System.getLogger("dev.javelin.runtime");

    /** Tokens of a context that nobody asked for; every one of them costs memory. */
    private static final int DEFAULT_CONTEXT = 4096;

    private static final int MOST_CONVERSATIONS = 1 << 16;

    private static final int DEFAULT_CONVERSATIONS = 4;

    /** Tokens of a block of state. */
    private static final int BLOCK_TOKENS = 32;

    /** Tokens of the largest step. */
    private static final int STEP_TOKENS = 512;

    private static final long STEP_NANOS = 250_000_000;

    private final Supplier<GgufFile> file;
    private final Map<String, String> options = new HashMap<>();
    private @Nullable String device;
    private @Nullable Integer context;
    private @Nullable Integer stateTokens;
    private int conversations = DEFAULT_CONVERSATIONS;
    private KvFormats kept = KvFormats.DEFAULT;
    private Precision precision = Precision.FAST;
    private @Nullable ChatTemplate template;
    private LoadListener listener = LoadListener.NONE;

    ModelBuilder(Supplier<GgufFile> file) {
        this.file = file;
    }

    /** On the device of this id, or the first of this backend, such as {@code cuda:0} or {@code cpu}. */
    public ModelBuilder device(String id) {
        device = id;
        return this;
    }

    /** An option of the device, such as {@code threads}. */
    public ModelBuilder deviceOption(String name, String value) {
        options.put(name, value);
        return this;
    }

    /**
     * Tokens of the longest conversation: prompt, answers and all. By default 4,096, or what the model was trained for if that
     * is less.
     */
    public ModelBuilder context(int tokens) {
        context = requirePositive("context", tokens);
        return this;
    }

    /** How many conversations can generate at the same time; the others wait. 4 by default. */
    public ModelBuilder conversations(int count) {
        conversations = requirePositive("conversations", count);
        if (count > MOST_CONVERSATIONS) {
            throw new IllegalArgumentException("so many conversations cannot be open: conversations=%d, most=%d"
                    .formatted(count, MOST_CONVERSATIONS));
        }
        return this;
    }

    /**
     * Tokens whose keys and values are kept, over all conversations; at least, and by default, one context. Conversations that
     * find no room are computed anew when their turn comes.
     */
    public ModelBuilder stateTokens(int tokens) {
        stateTokens = requirePositive("stateTokens", tokens);
        return this;
    }

    /** In what keys and values are kept: F16, the default, F32 or Q8_0. */
    public ModelBuilder keysAndValues(Format format) {
        kept = new KvFormats(format, format);
        return this;
    }

    /** EXACT for arithmetic in F32 throughout; FAST by default. */
    public ModelBuilder precision(Precision other) {
        precision = other;
        return this;
    }

    /** How chats are put to the model, where the file does not say or says it wrongly. */
    public ModelBuilder chatTemplate(ChatTemplate other) {
        template = other;
        return this;
    }

    /** Is told how much has been loaded, and may end it. */
    public ModelBuilder listener(LoadListener other) {
        listener = other;
        return this;
    }

    /**
     * What the model would take, without loading it.
     *
     * @throws dev.javelin.api.JavelinException if the file is not a model, or there is no such device
     */
    public MemoryPlan plan() {
        try (Loaded.Opened opened = new Loaded.Opened()) {
            return read(opened).memory();
        }
    }

    /**
     * Opens the model and waits for it.
     *
     * @throws dev.javelin.api.JavelinException if the file is not a model, there is no such device, or the model does not fit
     * @throws dev.javelin.api.LoadCancelledException if the listener says so
     */
    public Model load() {
        Loaded.Opened opened = new Loaded.Opened();
        try {
            return new Model(load(read(opened), opened));
        } catch (Throwable refused) {
            opened.close();
            throw refused;
        }
    }

    /** What is known before anything is loaded. */
    private record Plans(
            GgufFile file,
            Transformer transformer,
            Tokenizer tokenizer,
            Device device,
            StateSpec states,
            PlanSpec plan,
            MemoryPlan memory) {
        List<Program> programs() {
            return List.of(transformer.program());
        }
    }

    private Plans read(Loaded.Opened opened) {
        Supplier<Devices> devices = Devices.finding(device); // drivers take their time, and so does the file
        GgufFile gguf = opened.add(file.get());
        GgufModel.of(gguf); // refuses what no architecture can do without
        int trained = Transformer.trainedContext(gguf);
        int length = context == null ? Math.min(DEFAULT_CONTEXT, trained) : context;
        Transformer transformer = Transformer.of(gguf, length, kept);
        Devices.Found found = devices.get().choose(device);
        Device opening = opened.add(found.open(new OpenOptions(options)));
        int stepTokens = Math.min(STEP_TOKENS, length);
        int sequences = Math.min(conversations, stepTokens);
        StateSpec states = states(transformer, length, stepTokens);
        PlanSpec plan =
                new PlanSpec(transformer.program(), new Limits(stepTokens, sequences, sequences, length), precision);
        MemoryPlan memory = new MemoryPlan(
                found.info(),
                opening.weightBytes(List.of(transformer.program())),
                opening.stateBytes(states),
                Math.max(length, stateTokens == null ? 0 : stateTokens),
                opening.planBytes(plan),
                found.info().memoryFree());
        return new Plans(gguf, transformer, tokenizer(gguf, transformer), opening, states, plan, memory);
    }

    /** Comes last, for it may have something to say of a model that can be run; one that cannot needs no warnings. */
    private static Tokenizer tokenizer(GgufFile gguf, Transformer transformer) {
        Tokenizer tokenizer = Tokenizer.of(gguf.metadata());
        if (tokenizer.size() > transformer.vocabulary()) {
            throw new GgufException("every token must have an embedding: tokens=%d, embeddings=%d, file=%s"
                    .formatted(tokenizer.size(), transformer.vocabulary(), gguf.name()));
        }
        return tokenizer;
    }

    private Loaded load(Plans plans, Loaded.Opened opened) {
        plans.memory().requireFit();
        warnOfLongContext(plans.transformer(), plans.file());
        Device on = plans.device();
        Weights weights = opened.add(plans.file()
                .whileUnchanged(
                        () -> on.place(plans.programs(), plans.transformer().weights(), listener)));
        StateStore store = opened.add(on.openStates(plans.states()));
        Plan plan =
                opened.add(on.prepare(plans.plan(), Bindings.NONE.with(weights).with(store)));
        Step step = opened.add(new Step(plans.plan().limits(), plans.states()));
        Engine engine = opened.add(new Engine(
                "javelin " + plans.transformer().architecture(),
                new Batch(plan, store, step, Transformer.OUTPUTS, STEP_NANOS)));
        return new Loaded(
                plans.file(),
                plans.transformer(),
                plans.tokenizer(),
                new ControlTexts(plans.tokenizer()),
                template(plans.file()),
                on,
                weights,
                precision,
                plans.memory(),
                engine,
                opened);
    }

    private static void warnOfLongContext(Transformer transformer, GgufFile gguf) {
        if (transformer.context() > transformer.trainedContext()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the context is longer than the model was trained for: context={0}, trained={1}, file={2}",
                    Integer.toString(transformer.context()),
                    Integer.toString(transformer.trainedContext()),
                    gguf.name());
        }
    }

    private @Nullable ChatTemplate template(GgufFile gguf) {
        if (template != null) {
            return template;
        }
        return gguf.metadata()
                .optionalString("tokenizer.chat_template")
                .map(ChatTemplate::parse)
                .orElse(null);
    }

    /** Enough for the longest conversation, and for a window whatever the step. */
    private StateSpec states(Transformer transformer, int length, int stepTokens) {
        int all = Math.max(length, stateTokens == null ? 0 : stateTokens);
        List<StateSpec.Blocks> groups = new ArrayList<>();
        for (StateGroup group : transformer.program().groups()) {
            int seen = length - group.seenFrom(length); // by one token
            long tokens = seen < length ? Math.min(all, (long) (seen + stepTokens) * conversations) : all;
            int blocks = Math.ceilDiv((int) tokens, BLOCK_TOKENS) + conversations;
            groups.add(new StateSpec.Blocks(group, blocks));
        }
        return new StateSpec(BLOCK_TOKENS, groups);
    }

    private static int requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("%s must be at least 1: %1$s=%d".formatted(name, value));
        }
        return value;
    }
}
