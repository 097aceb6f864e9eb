package dev.javelin.runtime.template;

import java.time.Clock;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a chat template is rendered with: the conversation, tools, switches and the special tokens of the model.
 *
 * <p>Values are strings, numbers, booleans, lists, maps with strings as keys, and null for {@code none}; maps keep their
 * order. They are copied when given. What is not given is undefined in the template, which is not the same as
 * {@code none}. Immutable, so any thread may use it; each method returns another input.
 */
public final class TemplateInput {
    private final Map<String, Object> variables;
    private final Clock clock;

    private TemplateInput(Map<String, Object> variables, Clock clock) {
        this.variables = variables;
        this.clock = clock;
    }

    /** An input with these messages, each a map with {@code role}, {@code content} and whatever else a template reads. */
    public static TemplateInput of(List<? extends Map<String, ?>> messages) {
        return new TemplateInput(Map.of(), Clock.system(ZoneId.systemDefault())).variable("messages", messages);
    }

    /** With the tools the model may call, each a map as in the API of OpenAI. */
    public TemplateInput tools(List<? extends Map<String, ?>> tools) {
        return variable("tools", tools);
    }

    /** Whether the prompt ends with the start of the model's answer. */
    public TemplateInput addGenerationPrompt(boolean add) {
        return variable("add_generation_prompt", add);
    }

    /** Whether the model shall think before it answers; templates without that switch ignore it. */
    public TemplateInput enableThinking(boolean enable) {
        return variable("enable_thinking", enable);
    }

    /** The text of the token that begins a prompt. */
    public TemplateInput bosToken(String token) {
        return variable("bos_token", token);
    }

    /** The text of the token that ends an answer. */
    public TemplateInput eosToken(String token) {
        return variable("eos_token", token);
    }

    /** With another variable of any name, such as {@code documents} or {@code date_string}. */
    public TemplateInput variable(String name, @Nullable Object value) {
        Map<String, Object> more = new LinkedHashMap<>(variables);
        more.put(name, Values.of(name, value));
        return new TemplateInput(more, clock);
    }

    /** With the clock, and time zone, that {@code strftime_now} reads; without, those of the system. */
    public TemplateInput clock(Clock newClock) {
        return new TemplateInput(variables, newClock);
    }

    Scope scope(Meter meter) {
        Scope scope = Globals.scope(meter, clock).inner();
        variables.forEach(scope::set);
        return scope;
    }
}
