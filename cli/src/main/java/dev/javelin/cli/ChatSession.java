package dev.javelin.cli;

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
        return chat.messages();
    }

    /** Asks, prints the answer while it comes, and tells how it came about. */
    RunReport ask(String question) {
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

    /** Goes on with other settings. */
    void set(ChatSettings other) {
        List<Message> messages = chat.messages();
        settings = other;
        replace(messages);
    }

    /** Goes on with other messages. */
    void replace(List<Message> messages) {
        chat.close();
        chat = begin(model, settings, messages);
    }

    /**
     * Goes on with a context of another length, for which the model is opened anew.
     *
     * @throws RuntimeException if it cannot be opened like that; then the chat goes on as it was
     */
    void setContext(int tokens) {
        List<Message> messages = chat.messages();
        int before = model.context();
        close();
        try {
            model = Loading.load(builder.context(tokens), screen);
        } catch (RuntimeException refused) {
            model = Loading.load(builder.context(before), screen);
            throw refused;
        } finally {
            chat = begin(model, settings, messages);
        }
    }

    @Override
    public void close() {
        chat.close();
        model.close();
    }
}
