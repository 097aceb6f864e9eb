package dev.javelin.cli;

import dev.javelin.synth.SyntheticModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a model with random weights. */
@Command(
        name = "synth",
        description = {
            "Writes a model file with random weights in the exact shape of a known model, to measure speed and memory"
                    + " with.",
            "",
            "What it says is gibberish. --list shows the shapes and formats that there are."
        },
        footer = {
            "Examples:",
            "  javelin synth --list",
            "  javelin synth qwen3-0.6b --format Q4_0",
            "  javelin synth llama-3.2-1b --format Q4_K_M -o /tmp/llama.gguf"
        })
final class SynthCommand implements Callable<Integer> {
    private final Screen screen;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "SHAPE", description = "The shape, such as qwen3-0.6b.")
    private @Nullable String shape;

    @Option(
            names = "--format",
            paramLabel = "F",
            description = "The format of the weights, or a mix of formats, such as Q4_0 or Q4_K_M.")
    private @Nullable String format;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "The file to write. By default SHAPE-FORMAT.gguf in this folder.")
    private @Nullable String output;

    @Option(names = "--seed", paramLabel = "N", description = "Other weights for each. By default ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--list", description = "List shapes and formats, and write nothing.")
    private boolean list;

    SynthCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        if (list) {
            screen.lines(List.of(
                    "shapes   " + String.join(" ", SyntheticModel.shapes()),
                    "formats  " + String.join(" ", SyntheticModel.formats())));
            return ExitCode.OK;
        }
        if (shape == null || format == null) {
            throw new ParameterException(spec.commandLine(), "name a SHAPE and a --format, or give --list");
        }
        SyntheticModel model = model(shape, format);
        String file = output != null ? output : (shape + "-" + format).toLowerCase(Locale.ROOT) + ".gguf";
        try (Progress progress = new Progress(screen, "writing " + Sizes.text(model.fileBytes()))) {
            model.write(Path.of(file), progress::update);
        }
        screen.line("%s: %s parameters, %s"
                .formatted(file, Sizes.number((double) model.parameters(), "").strip(), Sizes.text(model.fileBytes())));
        return ExitCode.OK;
    }

    private SyntheticModel model(String shapeName, String formatName) {
        try {
            return SyntheticModel.of(shapeName, formatName).withSeed(seed);
        } catch (IllegalArgumentException unknown) {
            throw new ParameterException(spec.commandLine(), String.valueOf(unknown.getMessage()), unknown);
        }
    }
}
