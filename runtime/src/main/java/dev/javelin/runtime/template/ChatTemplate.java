package dev.javelin.runtime.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chat template: turns a conversation into the prompt that a model was trained on.
 *
 * <p>Templates are Jinja as Hugging Face runs it, read and rendered here in a sandbox: they reach nothing but the values
 * of the {@link TemplateInput}, and end at their {@link TemplateLimits}. What is supported stands in
 * {@code docs/chat-templates.md}.
 *
 * <p>A model without a template gets no silent guess: {@link #of} fails and says so, and {@link #chatMl} is there for
 * whoever decides to use it. Immutable; any number of threads may render with one template at once.
 */
public final class ChatTemplate {

    private static final int LONGEST = 1 << 19;

    private static final String CHAT_ML = """
        {% for message in messages %}
        {{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>\\n' }}
        {%- endfor %}
        {%- if add_generation_prompt %}
        {{- '<|im_start|>assistant\\n' }}
        {%- endif %}
        """;

    private final Source source;
    private final Body body;

    private ChatTemplate(Source source, Body body) {
        this.source = source;
        this.body = body;
    }

    /** Reads a template, or fails with a {@link TemplateException} of kind {@code SYNTAX} or {@code LIMIT}. */
    public static ChatTemplate parse(String template) {
        if (template.length() > LONGEST) {
            throw new Source("", List.of())
                    .exception(
                            TemplateException.Kind.LIMIT,
                            0,
                            "a template may have at most " + LONGEST + " characters: chars=" + template.length());
        }
        Lexer.Lexed lexed = Lexer.lex(template);
        try {
            return new ChatTemplate(lexed.source(), new StatementParser(lexed.tokens()).template());
        } catch (Fault fault) {
            throw fault.in(lexed.source());
        } catch (StackOverflowError overflow) {
            throw stackTooSmall(lexed.source());
        }
    }

    /**
     * Reads the template that came with a model, or fails if it came with none.
     *
     * @param template the template, null if the model has none
     * @param model what to call the model in the error
     */
    public static ChatTemplate of(@Nullable String template, String model) {
        if (template == null || template.isBlank()) {
            throw new Source("", List.of())
                    .exception(
                            TemplateException.Kind.SYNTAX,
                            0,
                            "the model comes without a chat template: model=" + model
                                    + "; pass the template it was trained with, or choose ChatTemplate.chatMl() if"
                                    + " that fits");
        }
        return parse(template);
    }

    /**
     * The plain ChatML template: {@code <|im_start|>role}, the content and {@code <|im_end|>}. To be chosen on purpose,
     * for a model known to have been trained on it; it knows no tools.
     */
    public static ChatTemplate chatMl() {
        return parse(CHAT_ML);
    }

    /** The template as text, with newlines as it was read. */
    public String source() {
        return source.text();
    }

    /** Renders with the {@linkplain TemplateLimits#standard() standard limits}. */
    public String render(TemplateInput input) {
        return render(input, TemplateLimits.standard());
    }

    /** Renders the prompt, or fails with a {@link TemplateException} that says where in the template and why. */
    public String render(TemplateInput input, TemplateLimits limits) {
        Meter meter = new Meter(limits);
        try {
            meter.enter(body.depth());
            return body.capture(input.scope(meter));
        } catch (Fault fault) {
            throw fault.in(source);
        } catch (StackOverflowError overflow) {
            // Only on a thread with an unusually small stack, or called near the end of one.
            throw stackTooSmall(source);
        }
    }

    private static TemplateException stackTooSmall(Source source) {
        return source.exception(
                TemplateException.Kind.LIMIT, 0, "the stack of this thread is too small for so deep a template");
    }
}
