package dev.javelin.cli;

import dev.javelin.api.JavelinException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Makes the pages of {@code docs/commands} from what {@code --help} shows. */
final class CommandPages {
    private static final String INDEX = "README.md";
    private static final String NOTE =
            "\n<!-- Made by dev.javelin.cli.CommandPages from the command's own help; change that. -->\n";

    private CommandPages() {}

    /** Writes all pages into a folder: {@code docs/commands}. */
    public static void main(String[] arguments) {
        if (arguments.length != 1) {
            throw new JavelinException("name the folder to write to");
        }
        Path folder = Path.of(arguments[0]);
        all().forEach((name, text) -> {
            try {
                Files.createDirectories(folder);
                Files.writeString(folder.resolve(name), text);
            } catch (IOException e) {
                throw new JavelinException("the folder must be writable: " + folder, e);
            }
        });
    }

    /** The pages by the names of their files. */
    static Map<String, String> all() {
        Screen nowhere = new Screen(
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream(),
                Terminals.NONE);
        CommandLine line = Commands.line(nowhere);
        Map<String, String> pages = new TreeMap<>();
        pages.put(INDEX, index(line));
        line.getSubcommands().forEach((name, command) -> pages.put(name + ".md", page(command)));
        return pages;
    }

    private static String index(CommandLine line) {
        StringBuilder page = new StringBuilder("# javelin\n" + NOTE + "\n");
        page.append(paragraphs(line.getCommandSpec().usageMessage().description()))
                .append("\n\n| command | |\n|---|---|\n");
        line.getSubcommands()
                .forEach((name, command) -> page.append("| [%s](%s.md) | %s |\n"
                        .formatted(
                                name,
                                name,
                                command.getCommandSpec().usageMessage().description()[0])));
        page.append(examples(line.getCommandSpec()));
        return page.append(ending()).toString();
    }

    private static String ending() {
        return """

            ## Exit codes

            | code | |
            |---|---|
            | 0 | it went well |
            | 1 | it failed, and one sentence on standard error says why |
            | 2 | the command line is wrong |
            | 130 | Ctrl-C ended it |
            | 141 | whoever read the output went away |
            | 143 | it was asked to end (SIGTERM) |

            ## Environment

            | variable | |
            |---|---|
            | `JAVELIN_DEVICE` | the device that is taken unasked |
            | `JAVELIN_CACHE`, `JAVELIN_STATE` | folders for caches and for the history of chats, instead of the system's own |
            | `JAVELIN_JAVA_OPTIONS` | further options for the JVM, such as `-Xmx8g` |
            | `JAVELIN_TRACE` | if set, errors come with where in the program they happened |
            | `JAVA_HOME`, `JAVA25_HOME` | where a JDK 25 is |
            | `NO_COLOR` | if set, nothing is coloured or dimmed |
            """;
    }

    private static String page(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        StringBuilder page = new StringBuilder("# javelin " + spec.name() + "\n" + NOTE + "\n");
        page.append(paragraphs(spec.usageMessage().description())).append("\n\n```\n");
        page.append(command.getHelp().synopsis(0).strip()).append("\n```\n");
        if (!spec.positionalParameters().isEmpty()) {
            page.append("\n| argument | |\n|---|---|\n");
            spec.positionalParameters().forEach(argument -> page.append(row(argument.paramLabel(), argument)));
        }
        page.append("\n| option | |\n|---|---|\n");
        for (OptionSpec option : spec.options()) {
            String names = Stream.of(option.names()).collect(Collectors.joining("`, `"));
            boolean takesValue = option.arity().max() > 0;
            page.append(row(names + (takesValue ? " " + option.paramLabel() : ""), option));
        }
        return page.append(examples(spec)).toString();
    }

    private static String row(String name, ArgSpec argument) {
        Iterable<String> candidates = argument.completionCandidates();
        String text = String.join(" ", argument.description())
                .replace("${DEFAULT-VALUE}", String.valueOf(argument.defaultValueString()))
                .replace("${COMPLETION-CANDIDATES}", candidates == null ? "" : String.join(", ", candidates));
        return "| `%s` | %s |\n".formatted(name, text.replace("|", "\\|"));
    }

    /** What the footer shows, its first lines being a heading. */
    private static String examples(CommandSpec spec) {
        List<String> lines = Stream.of(spec.usageMessage().footer())
                .filter(line -> line.startsWith("  "))
                .map(String::strip)
                .toList();
        return "\n## Examples\n\n```\n" + String.join("\n", lines) + "\n```\n";
    }

    private static String paragraphs(String[] description) {
        return String.join("\n", description);
    }
}
