package dev.javelin.cli;

import dev.javelin.api.JavelinException;
import dev.javelin.runtime.Chat;
import dev.javelin.runtime.Generation;
import dev.javelin.runtime.GenerationOptions;
import dev.javelin.runtime.Model;
import dev.javelin.runtime.ModelBuilder;
import dev.javelin.runtime.StopReason;
import dev.javelin.runtime.template.ChatTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Answers one prompt, or chats at a terminal. */
@Command(
        name = "run",
        description = {
            "Answers a prompt, or chats.",
            "",
            "The prompt is PROMPT, or a file (-f), or standard input. Without any, at a terminal, it chats: type a"
                    + " question, or /help for what else there is. Ctrl-C stops an answer, Ctrl-D ends the chat."
        },
        footer = {
            "Examples:",
            "  javelin run tiny \"What is the capital of France?\"",
            "  javelin run model.gguf",
            "  javelin run model.gguf --system \"Answer in one word.\" --temp 0 \"What colour is the sky?\"",
            "  git diff | javelin run model.gguf --system \"Write a commit message for this change.\"",
            "  javelin run model.gguf --raw --max-tokens 50 \"Once upon a time\"",
            "  javelin run model.gguf --json -f question.txt"
        })
final class RunCommand implements Callable<Integer> {
    private final Screen screen;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "MODEL", description = ModelName.DESCRIPTION)
    private String model;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "PROMPT",
            description = "What to answer. Several words are put together with a space between them.")
    private List<String> words = new ArrayList<>();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "Take the prompt from a file; - is standard input.")
    private @Nullable String file;

    @Option(
            names = "--raw",
            description = "Continue the prompt as plain text instead of answering it as a message of a chat.")
    private boolean raw;

    @Option(names = "--system", paramLabel = "TEXT", description = "What the model is to keep to in all answers.")
    private @Nullable String system;

    @Option(
            names = "--think",
            paramLabel = "MODE",
            defaultValue = "show",
            description = "What becomes of thinking parts: ${COMPLETION-CANDIDATES}. off tells the model not to think."
                    + " By default ${DEFAULT-VALUE}.")
    private ThinkMode think = ThinkMode.SHOW;

    @Option(
            names = "--chat-template",
            paramLabel = "FILE",
            description = "A chat template (Jinja) for models that come without one, or with a wrong one.")
    private @Nullable String template;

    @Option(
            names = "--json",
            description = "Print one JSON object: the text, why it ended, counts of tokens, times and memory.")
    private boolean json;

    @Option(
            names = "--verbose",
            description = "Say afterwards how fast it was and where the memory went, on standard error.")
    private boolean verbose;

    @Mixin
    private final SamplingFlags sampling = new SamplingFlags();

    @Mixin
    private final DeviceFlags device = new DeviceFlags();

    RunCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        refuseContradictions();
        long seed = ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE);
        GenerationOptions options = checked(() -> sampling.options(seed));
        ModelBuilder builder = checked(() -> device.on(new ModelName(model).builder()));
        if (template != null) {
            builder.chatTemplate(ChatTemplate.parse(PromptText.of(template, screen)));
        }
        if (chats()) {
            ChatSettings settings = new ChatSettings(options, think, system, verbose);
            return new ChatLoop(screen, new ModelName(model), builder, settings).run();
        }
        return answer(prompt(), builder, options);
    }

    /** Whether there is neither a prompt nor a pipe that it could come from. */
    private boolean chats() {
        return words.isEmpty() && file == null && screen.terminals().in();
    }

    private void refuseContradictions() {
        refuse(!words.isEmpty() && file != null, "a prompt and a file with one were given: leave out PROMPT or -f");
        refuse(raw && system != null, "--raw has no messages, so no --system: leave out one of them");
        refuse(raw && template != null, "--raw uses no template: leave out --chat-template");
        refuse(raw && think == ThinkMode.OFF, "--raw uses no template, so --think off does nothing: leave out one");
        refuse(chats() && !screen.terminals().out(), "give a PROMPT: the output is no terminal to chat at");
        refuse(chats() && json, "--json needs a PROMPT, a file or a pipe");
        refuse(chats() && raw, "--raw needs a PROMPT, a file or a pipe");
    }

    private void refuse(boolean contradictory, String sentence) {
        if (contradictory) {
            throw new ParameterException(spec.commandLine(), sentence);
        }
    }

    private <T> T checked(Supplier<T> flags) {
        try {
            return flags.get();
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
        }
    }

    private String prompt() {
        String prompt = words.isEmpty()
                ? PromptText.withoutLastEnd(PromptText.of(file == null ? PromptText.STDIN : file, screen))
                : String.join(" ", words);
        if (prompt.isBlank()) {
            throw new JavelinException("the prompt must not be empty");
        }
        return prompt;
    }

    private int answer(String prompt, ModelBuilder builder, GenerationOptions options) {
        long begun = System.nanoTime();
        try (Model open = Loading.load(builder, screen)) {
            long loaded = System.nanoTime() - begun;
            if (raw) {
                return print(open, open.generate(prompt, options), options, new Answer(false, loaded));
            }
            try (Chat chat = open.chat(options)) {
                if (system != null) {
                    chat.system(system);
                }
                if (think == ThinkMode.OFF) {
                    chat.thinking(false);
                }
                Generation generation = chat.ask(prompt);
                return print(open, generation, options, new Answer(chat.beginsInThinking(), loaded));
            }
        }
    }

    /** What is known when the first piece comes. */
    private record Answer(boolean withinThinking, long loadNanos) {}

    private int print(Model open, Generation generation, GenerationOptions options, Answer answer) {
        AnswerWriter writer = new AnswerWriter(screen, !json, raw ? null : think, answer.withinThinking());
        Loading.read(generation, writer, screen);
        RunReport report = new RunReport(open, generation, options, answer.loadNanos());
        if (json) {
            screen.line(report.json(model, writer));
        }
        if (generation.stopReason() == StopReason.CONTEXT_FULL) {
            screen.note(String.format(
                    Locale.ROOT,
                    "javelin: the context of %d tokens is full, so the answer is cut; --ctx makes it larger",
                    open.context()));
        }
        if (verbose) {
            report.lines().forEach(screen::note);
        }
        return ExitCode.OK;
    }
}
