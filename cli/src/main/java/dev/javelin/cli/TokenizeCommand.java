package dev.javelin.cli;

import dev.javelin.runtime.gguf.GgufFile;
import dev.javelin.runtime.text.EncodeOptions;
import dev.javelin.runtime.text.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the tokens of a text. */
@Command(
        name = "tokenize",
        description = {
            "Shows the tokens of a text, one a line: its id, then what it prints.",
            "",
            "The text is TEXT, or a file (-f), or standard input. Only the vocabulary of the model is read."
        },
        footer = {
            "Examples:",
            "  javelin tokenize tiny \"Hello, world\"",
            "  javelin tokenize model.gguf --ids -f text.txt",
            "  javelin tokenize model.gguf --special \"<|im_start|>user\""
        })
final class TokenizeCommand implements Callable<Integer> {
    private final Screen screen;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "MODEL", description = ModelName.DESCRIPTION)
    private String model;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "TEXT", description = "The text.")
    private List<String> words = new ArrayList<>();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "Take the text from a file; - is standard input.")
    private @Nullable String file;

    @Option(names = "--ids", description = "Print the ids only, on one line.")
    private boolean idsOnly;

    @Option(names = "--special", description = "Take texts of control tokens for these tokens, as a chat template may.")
    private boolean special;

    @Option(names = "--no-bos", description = "Leave out the begin and end tokens that the model asks for.")
    private boolean plain;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    TokenizeCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        if (!words.isEmpty() && file != null) {
            throw new ParameterException(
                    spec.commandLine(), "a text and a file with one were given: leave out TEXT or -f");
        }
        if (json && idsOnly) {
            throw new ParameterException(spec.commandLine(), "--json holds the ids: leave out --ids");
        }
        try (GgufFile open = new ModelName(model).open()) {
            Tokenizer tokenizer = Tokenizer.of(open.metadata());
            print(tokenizer, tokenizer.encode(text(), new EncodeOptions(!plain, special)));
        }
        return ExitCode.OK;
    }

    private String text() {
        if (!words.isEmpty()) {
            return String.join(" ", words);
        }
        return PromptText.of(file == null ? PromptText.STDIN : file, screen);
    }

    private void print(Tokenizer tokenizer, int[] tokens) {
        if (json) {
            screen.line(Json.object(out -> {
                out.writeArrayFieldStart("tokens");
                for (int token : tokens) {
                    out.writeStartObject();
                    out.writeNumberField("id", token);
                    out.writeStringField("text", tokenizer.decode(token));
                    out.writeEndObject();
                }
                out.writeEndArray();
            }));
        } else if (idsOnly) {
            screen.line(Arrays.stream(tokens).mapToObj(Integer::toString).collect(Collectors.joining(" ")));
        } else {
            int width = Integer.toString(tokenizer.size()).length();
            screen.lines(Arrays.stream(tokens)
                    .mapToObj(
                            token -> " ".repeat(width - Integer.toString(token).length()) + token + "  "
                                    + Quoted.of(tokenizer.piece(token)))
                    .toList());
        }
    }
}
