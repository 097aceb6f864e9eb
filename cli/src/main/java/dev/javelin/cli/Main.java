package dev.javelin.cli;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine;

/** The program {@code javelin}. */
public final class Main {

    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        Locale.setDefault(
                Locale.Category.FORMAT, Locale.ROOT); // numbers for people and programs alike, with the digits 0 to 9
        System.exit(run(Screen.ofProcess(), List.of(arguments)));
    }

    static int run(Screen screen, List<String> arguments) {
        Failures failures = new Failures(screen);
        try {
            List<String> meant = withHelpAsFlag(arguments);
            CommandLine commands = Commands.lineFor(screen, meant);
            return failures.handledBy(commands).execute(meant.toArray(String[]::new));
        } catch (Throwable failure) {
            return failures.report(failure);
        }
    }

    /** {@code help}, with or without a command, means the flag of that name. */
    private static List<String> withHelpAsFlag(List<String> arguments) {
        if (arguments.isEmpty() || !arguments.getFirst().equals("help")) {
            return arguments;
        }
        return arguments.size() == 1 ? List.of("--help") : List.of(arguments.get(1), "--help");
    }
}
