package dev.javelin.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints what makes a shell complete the commands and flags. */
@Command(
        name = "completion",
        description = "Prints a script that makes bash or zsh complete commands and flags.",
        footer = {"Examples:", "  source <(javelin completion bash)", "  javelin completion zsh >> ~/.zshrc"})
final class CompletionCommand implements Callable<Integer> {
    /** Shells that there is a script for. */
    enum Shell {
        BASH,
        ZSH;

        /** As it is typed. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Screen screen;

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
    private Shell shell;

    CompletionCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        String script = AutoComplete.bash("javelin", Commands.line(screen));
        screen.print(shell == Shell.ZSH ? "autoload -U +X compinit && compinit\n" + script : script);
        return ExitCode.OK;
    }
}
