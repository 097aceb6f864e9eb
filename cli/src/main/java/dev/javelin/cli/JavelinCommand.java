package dev.javelin.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program without a command. */
@Command(
        name = "javelin",
        description = "Runs language models on the JVM.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  javelin run tiny \"What is the capital of France?\"",
            "  javelin run qwen3-0.6b-q4_0.gguf",
            "  javelin devices",
            "",
            "MODEL is the path of a GGUF file, or tiny for the small model that is part of the program.",
            "javelin COMMAND --help says more about a command."
        })
final class JavelinCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command");
    }
}
