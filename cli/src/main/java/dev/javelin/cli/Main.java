package dev.javelin.cli;

import java.util.List;
import picocli.CommandLine;

/** The program {@code javelin}. */
public final class Main {

    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(run(Screen.ofProcess(), List.of(arguments)));
    }

    static int run(Screen screen, List<String> arguments) {
        Failures failures = new Failures(screen);
        try {
            CommandLine commands = Commands.lineFor(screen, arguments);
            return failures.handledBy(commands).execute(arguments.toArray(String[]::new));
        } catch (Throwable failure) {
            return failures.report(failure);
        }
    }
}
