package dev.javelin.cli;

import dev.javelin.runtime.Generation;
import dev.javelin.runtime.GenerationOptions;
import dev.javelin.runtime.MemoryPlan;
import dev.javelin.runtime.Model;
import dev.javelin.runtime.Timings;
import dev.javelin.runtime.Usage;
import java.util.List;
import java.util.Locale;

/**
 * How an answer came about, once it has ended.
 *
 * @param loadNanos that opening the model took
 */
record RunReport(Model model, Generation generation, GenerationOptions options, long loadNanos) {

    /** For people. */
    List<String> lines() {
        Usage usage = generation.usage();
        Timings timings = generation.timings();
        MemoryPlan memory = model.memory();
        return List.of(
                line(
                        "model    %s on %s, %s, loaded in %.2f s",
                        model.architecture(),
                        model.device().id(),
                        model.device().name(),
                        loadNanos / 1e9),
                line(
                        "prompt   %d tokens, %d of them known before, %.1f tokens/s",
                        usage.prompt(), usage.reused(), timings.promptRate(usage)),
                line("first    token after %.3f s", firstNanos(timings) / 1e9),
                line(
                        "answer   %d tokens, %.1f tokens/s, ended by %s",
                        usage.generated(), timings.generationRate(usage), ended()),
                // The last token of a full context was chosen and never read.
                line(
                        "context  %d of %d tokens",
                        Math.min(usage.prompt() + usage.generated(), model.context()), model.context()),
                line(
                        "memory   %s: weights %s, keys and values %s for %d tokens, work %s; %s were free",
                        Sizes.text(memory.total()),
                        Sizes.text(memory.weights()),
                        Sizes.text(memory.state()),
                        memory.stateTokens(),
                        Sizes.text(memory.work()),
                        Sizes.text(memory.free())),
                line("seed     %d", seed()));
    }

    /** For programs. */
    String json(String name, AnswerWriter answer) {
        Usage usage = generation.usage();
        Timings timings = generation.timings();
        return Json.object(json -> {
            json.writeStringField("model", name);
            json.writeStringField("device", model.device().id());
            json.writeStringField("text", answer.text());
            if (!answer.thought().isEmpty()) {
                json.writeStringField("thinking", answer.thought());
            }
            json.writeStringField("stop_reason", ended());
            json.writeNumberField("seed", seed());
            json.writeObjectFieldStart("usage");
            json.writeNumberField("prompt_tokens", usage.prompt());
            json.writeNumberField("reused_tokens", usage.reused());
            json.writeNumberField("generated_tokens", usage.generated());
            json.writeNumberField("context_tokens", model.context());
            json.writeEndObject();
            json.writeObjectFieldStart("timings");
            json.writeNumberField("load_seconds", loadNanos / 1e9);
            json.writeNumberField("first_token_seconds", firstNanos(timings) / 1e9);
            json.writeNumberField("prompt_tokens_per_second", timings.promptRate(usage));
            json.writeNumberField("generated_tokens_per_second", timings.generationRate(usage));
            json.writeEndObject();
            json.writeObjectFieldStart("memory");
            json.writeNumberField("weight_bytes", model.memory().weights());
            json.writeNumberField("state_bytes", model.memory().state());
            json.writeNumberField("work_bytes", model.memory().work());
            json.writeEndObject();
        });
    }

    private String ended() {
        return generation.stopReason().name().toLowerCase(Locale.ROOT);
    }

    private long seed() {
        return options.sampling().seed().orElseThrow();
    }

    private static long firstNanos(Timings timings) {
        return timings.waiting() + timings.prompt();
    }

    private static String line(String format, Object... values) {
        return Quoted.inLine(String.format(Locale.ROOT, format, values));
    }
}
