package dev.javelin.cli;

import dev.javelin.runtime.Model;
import dev.javelin.runtime.Perplexity;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures how well a model foresees a text. */
@Command(
        name = "perplexity",
        description = {
            "Measures how well a model foresees a text; 1 is perfect.",
            "",
            "The text is cut into chunks, each seen from an empty context. The first token of a chunk is not scored,"
                    + " and a rest is dropped. Compare numbers of the same text, tokenizer and chunk only."
        },
        footer = {
            "Examples:",
            "  javelin perplexity model.gguf wiki.test.raw",
            "  javelin perplexity model.gguf --kv q8_0 --chunk 256 wiki.test.raw"
        })
final class PerplexityCommand implements Callable<Integer> {
    private static final int CHUNK = 512;

    private final Screen screen;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "MODEL", description = ModelName.DESCRIPTION)
    private String model;

    @Parameters(index = "1", paramLabel = "FILE", description = "The text; - is standard input.")
    private String file;

    @Option(
            names = "--chunk",
            paramLabel = "N",
            description = "Tokens of a chunk. By default 512, or the context if that is shorter.")
    private @Nullable Integer chunk;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    private final DeviceFlags device = new DeviceFlags();

    PerplexityCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        if (chunk != null && chunk < 2) {
            throw new ParameterException(spec.commandLine(), "a chunk has at least 2 tokens: --chunk=" + chunk);
        }
        String text = PromptText.of(file, screen);
        ModelName name = new ModelName(model);
        try (Model open = Loading.load(device.on(name.builder()), screen);
                Progress progress = new Progress(screen, "measuring")) {
            int tokens = chunk == null ? Math.min(CHUNK, open.context()) : chunk;
            Perplexity perplexity = Perplexity.of(open, text, tokens, (scored, of) -> {
                progress.update(scored, of);
                return true;
            });
            progress.end();
            print(perplexity, tokens);
        }
        return ExitCode.OK;
    }

    private void print(Perplexity perplexity, int tokens) {
        if (json) {
            screen.line(Json.object(out -> {
                out.writeNumberField("perplexity", perplexity.value());
                out.writeNumberField("scored_tokens", perplexity.scored());
                out.writeNumberField("text_tokens", perplexity.tokens());
                out.writeNumberField("chunk_tokens", tokens);
            }));
        } else {
            screen.line(String.format(
                    Locale.ROOT,
                    "perplexity %.4f over %d of %d tokens, in chunks of %d",
                    perplexity.value(),
                    perplexity.scored(),
                    perplexity.tokens(),
                    tokens));
        }
    }
}
