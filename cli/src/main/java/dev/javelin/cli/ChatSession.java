package dev.javelin.cli;

import dev.javelin.api.JavelinException;
import dev.javelin.runtime.Chat;
import dev.javelin.runtime.Generation;
import dev.javelin.runtime.Message;
import dev.javelin.runtime.Model;
import dev.javelin.runtime.ModelBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A chat with its model and settings, which can be changed while it goes on. The opener closes it. For one thread. */
final class ChatSession implements AutoCloseable {
    private final Screen screen;
    private final ModelBuilder builder;
    private ChatSettings settings;
    private Model model;
    private Chat chat;
    private long loadNanos;
    /** The messages while no model is open, because it could not be opened again. */
    private @Nullable List<Message> kept;

    private volatile @Nullable Generation answer;

    ChatSession(Screen screen, ModelBuilder builder, ChatSettings settings) {
        this.screen = screen;
        this.builder = builder;
        this.settings = settings;
        this.model = load();
        this.chat = begin(model, settings, List.of());
    }

    private Model load() {
        long begun = System.nanoTime();
        Model loaded = Loading.load(builder, screen);
        loadNanos = System.nanoTime() - begun;
        return loaded;
    }

    /** A chat whose messages are these, after the one of the system that the settings have. */
    private static Chat begin(Model model, ChatSettings settings, List<Message> messages) {
        Chat chat = model.chat(settings.options());
        if (settings.think() == ThinkMode.OFF) {
            chat.thinking(false);
        }
        String system = settings.system();
        if (system != null) {
            chat.system(system);
        }
        messages.stream()
                .filter(message -> system == null || !message.role().equals("system"))
                .forEach(chat::add);
        return chat;
    }

    Model model() {
        return model;
    }

    ChatSettings settings() {
        return settings;
    }

    List<Message> messages() {
        return kept == null ? chat.messages() : kept;
    }

    /** Asks, prints the answer while it comes, and tells how it came about. */
    RunReport ask(String question) {
        requireModel();
        Generation generation = chat.ask(question);
        answer = generation;
        try {
            AnswerWriter writer = new AnswerWriter(screen, true, settings.think(), chat.beginsInThinking());
            Loading.read(generation, writer, screen);
        } finally {
            answer = null;
        }
        return new RunReport(model, generation, settings.options(), loadNanos);
    }

    /** Stops the answer under way, if there is one. From any thread. */
    void stop() {
        Generation underWay = answer;
        if (underWay != null) {
            underWay.cancel();
        }
    }

    /** Forgets all messages but the one of the system. */
    void clear() {
        replace(List.of());
    }

    /** Goes on with other settings, whose message of the system takes the place of the one there was. */
    void set(ChatSettings other) {
        requireModel();
        List<Message> messages = messages();
        settings = other;
        replace(beginsWithSystem(messages) ? messages.subList(1, messages.size()) : messages);
    }

    /** Goes on with the messages of another chat; one of the system becomes a setting, unless there is one. */
    void load(List<Message> messages) {
        requireModel();
        if (settings.system() == null && beginsWithSystem(messages)) {
            settings = settings.with("system", messages.getFirst().content());
        }
        replace(messages);
    }

    private static boolean beginsWithSystem(List<Message> messages) {
        return !messages.isEmpty() && messages.getFirst().role().equals("system");
    }

    private void replace(List<Message> messages) {
        requireModel();
        chat.close();
        chat = begin(model, settings, messages);
    }

    private void requireModel() {
        if (kept != null) {
            throw new JavelinException(
                    "no model is open: /set ctx N tries to open it again, /save FILE writes the chat down");
        }
    }

    /**
     * Goes on with a context of another length, for which the model is opened anew.
     *
     * @throws RuntimeException if it cannot be opened like that; then the chat goes on as it was, or only its messages are kept
     *     if the model can no longer be opened at all
     */
    void setContext(int tokens) {
        int before = model.context();
        builder.context(tokens).plan(); // so that a file that is gone is found out while the model is still open
        List<Message> messages = messages();
        close();
        kept = messages;
        try {
            reopen(tokens);
        } catch (RuntimeException refused) {
            try {
                reopen(before);
            } catch (RuntimeException gone) {
                refused.addSuppressed(gone);
            }
            throw refused;
        }
    }

    private void reopen(int tokens) {
        model = Loading.load(builder.context(tokens), screen);
        chat = begin(model, settings, messages());
        kept = null;
    }

    @Override
    public void close() {
        if (kept == null) {
            chat.close();
            model.close();
        }
    }
}
