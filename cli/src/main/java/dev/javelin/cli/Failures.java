package dev.javelin.cli;

import dev.javelin.api.JavelinException;
import dev.javelin.api.LoadCancelledException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Makes one sentence on standard error and an exit code of whatever went wrong. */
final class Failures {
    /** Shows where in the program something failed that should not. */
    private static final String TRACE = "JAVELIN_TRACE";

    private final Screen screen;

    Failures(Screen screen) {
        this.screen = screen;
    }

    CommandLine handledBy(CommandLine commands) {
        return commands.setParameterExceptionHandler((wrong, arguments) -> usage(wrong))
                .setExecutionStrategy(this::execute);
    }

    /** Runs the command, or prints help; picocli itself would show where that failed. */
    private int execute(ParseResult parsed) {
        try {
            return new CommandLine.RunLast().execute(parsed);
        } catch (RuntimeException failure) {
            return report(failure);
        }
    }

    int report(Throwable failure) {
        return switch (failure) {
            case ParameterException wrong -> usage(wrong);
            case CommandLine.ExecutionException wrapped when wrapped.getCause() != null -> report(wrapped.getCause());
            case ClosedPipeException gone -> ExitCode.CLOSED_PIPE;
            case LoadCancelledException cancelled -> ExitCode.INTERRUPTED;
            case JavelinException e -> say(e);
            case IllegalArgumentException e -> say(e);
            case UncheckedIOException e -> say(e);
            case OutOfMemoryError e ->
                say(
                        e,
                        String.format(
                                Locale.ROOT,
                                "the Java heap must be large enough: maxHeap=%d MB; set JAVELIN_JAVA_OPTIONS=-Xmx8g",
                                Runtime.getRuntime().maxMemory() / 1_000_000));
            default ->
                say(
                        failure,
                        "this is a bug in Javelin: " + failure + "; run it again with " + TRACE
                                + "=1 to see where, and report it");
        };
    }

    private int usage(ParameterException wrong) {
        String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
        screen.note("javelin: " + oneLine(sentence(wrong)) + "; see " + command + " --help");
        return ExitCode.USAGE;
    }

    private static @Nullable String sentence(ParameterException wrong) {
        if (!(wrong instanceof UnmatchedArgumentException unmatched)) {
            return wrong.getMessage();
        }
        String argument = unmatched.getUnmatched().getFirst();
        if (argument.startsWith("-")) {
            return "there is no such option: " + argument + "; put -- before a text that begins with -";
        }
        boolean command = wrong.getCommandLine().getParent() == null;
        return (command ? "there is no such command: " : "that is one argument too many: ") + argument;
    }

    private int say(Throwable failure) {
        return say(failure, oneLine(failure.getMessage()));
    }

    private int say(Throwable failure, String sentence) {
        screen.note("javelin: " + sentence);
        if (System.getenv(TRACE) != null) {
            failure.printStackTrace();
        }
        return ExitCode.FAILURE;
    }

    /** A message as a terminal may show it: it may hold texts of files. */
    static String oneLine(@Nullable String message) {
        return Quoted.inLine(String.valueOf(message).strip().replaceAll("\\s*\\R\\s*", " "));
    }
}
