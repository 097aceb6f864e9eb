package dev.javelin.runtime;

import dev.javelin.runtime.template.ChatTemplate;
import dev.javelin.runtime.template.TemplateInput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A chat with a model: messages so far, put into the form that the model was trained with. What an earlier answer has computed
 * is used again. The opener closes it. For one thread at a time.
 */
public final class Chat implements AutoCloseable {
    /** With what models begin to think aloud. */
    private static final String THINKING = "<think>";

    private final Model model;
    private final ChatTemplate template;
    private final Conversation conversation;
    private final List<Message> messages;
    private GenerationOptions options;
    private List<Map<String, Object>> tools = List.of();
    private @Nullable Boolean thinking;
    private @Nullable Generation answer;
    private boolean beginsInThinking;

    Chat(Model model, GenerationOptions options) {
        this(model, model.chatTemplate(), model.conversation(), new ArrayList<>(), options);
    }

    private Chat(
            Model model,
            ChatTemplate template,
            Conversation conversation,
            List<Message> messages,
            GenerationOptions options) {
        this.model = model;
        this.template = template;
        this.conversation = conversation;
        this.messages = messages;
        this.options = options;
    }

    /** Adds what the model is to keep to, before the first question. */
    public Chat system(String content) {
        return add(Message.system(content));
    }

    /** Adds a message without asking for an answer. */
    public Chat add(Message message) {
        settle();
        messages.add(message);
        return this;
    }

    /** The functions that the model may call, each a map as in the API of OpenAI. */
    public Chat tools(List<Map<String, Object>> functions) {
        tools = List.copyOf(functions);
        return this;
    }

    /** Whether the model thinks before it answers, for models whose template lets one choose. */
    public Chat thinking(boolean enabled) {
        thinking = enabled;
        return this;
    }

    /** How the next answers are generated. */
    public Chat options(GenerationOptions other) {
        options = other;
        return this;
    }

    /**
     * Asks, and returns at once with the answer that is being generated. It is added to the messages when it has ended.
     *
     * @throws IllegalStateException if the last answer has not ended
     * @throws IllegalArgumentException if the chat has grown beyond the context; then the question is not part of it
     */
    public Generation ask(String question) {
        settle();
        messages.add(Message.user(question));
        try {
            return answer();
        } catch (RuntimeException refused) {
            messages.removeLast();
            throw refused;
        }
    }

    /** Generates an answer to the messages as they are, for example after the result of a tool. */
    public Generation answer() {
        settle();
        String prompt = prompt();
        Generation begun = conversation.generate(model.controlTexts().encode(prompt), options);
        answer = begun;
        beginsInThinking = prompt.stripTrailing().endsWith(THINKING);
        return begun;
    }

    /**
     * Whether the template itself has begun the thinking part of the last answer, so that the answer's text has the end of that
     * part only.
     */
    public boolean beginsInThinking() {
        return beginsInThinking;
    }

    /** The messages, the last answer included once it has ended; a copy. */
    public List<Message> messages() {
        if (answer != null && answer.hasEnded()) {
            settle();
        }
        return List.copyOf(messages);
    }

    /** Forgets all messages. */
    public void clear() {
        if (answer != null) {
            answer.close();
            answer = null;
        }
        messages.clear();
    }

    /** Another chat that goes on from the same messages; both share what has been computed. */
    public Chat fork() {
        settle();
        Chat fork = new Chat(model, template, conversation.fork(), new ArrayList<>(messages), options);
        fork.tools = tools;
        fork.thinking = thinking;
        return fork;
    }

    /** Cancels an answer under way and gives the memory back. */
    @Override
    public void close() {
        conversation.close();
    }

    /** The messages as the template renders them, with marks in what must not be taken for control tokens. */
    private String prompt() {
        List<Map<String, Object>> marked = new ArrayList<>();
        for (Message message : messages) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("role", message.role());
            fields.put("content", message.content());
            fields.putAll(message.more());
            marked.add(model.controlTexts().markAll(fields));
        }
        TemplateInput input = TemplateInput.of(marked).addGenerationPrompt(true);
        if (!tools.isEmpty()) {
            input = input.tools(
                    tools.stream().map(model.controlTexts()::markAll).toList());
        }
        if (thinking != null) {
            input = input.enableThinking(thinking);
        }
        if (model.tokenizer().bos().isPresent()) {
            input = input.bosToken(
                    model.tokenizer().decode(model.tokenizer().bos().getAsInt()));
        }
        if (model.tokenizer().eos().isPresent()) {
            input = input.eosToken(
                    model.tokenizer().decode(model.tokenizer().eos().getAsInt()));
        }
        return template.render(input);
    }

    /** Adds the last answer to the messages; one that failed leaves its question unanswered. */
    private void settle() {
        if (answer == null) {
            return;
        }
        if (!answer.hasEnded()) {
            throw new IllegalStateException(
                    "the answer has not ended: read it to its end, or close it, before the next");
        }
        if (answer.failure().isEmpty()) {
            messages.add(Message.assistant(answer.text()));
        }
        answer = null;
    }
}
