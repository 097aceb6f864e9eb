package dev.javelin.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/** All commands by name, in the order in which help lists them. */
final class Commands {
    private static final Map<String, Function<Screen, Object>> ALL = all();
    private static final int WIDTH = 100;

    private Commands() {}

    private static Map<String, Function<Screen, Object>> all() {
        Map<String, Function<Screen, Object>> all = new LinkedHashMap<>();
        all.put("run", RunCommand::new);
        all.put("devices", DevicesCommand::new);
        all.put("inspect", InspectCommand::new);
        all.put("tokenize", TokenizeCommand::new);
        all.put("perplexity", PerplexityCommand::new);
        all.put("synth", SynthCommand::new);
        all.put("doctor", DoctorCommand::new);
        all.put("completion", CompletionCommand::new);
        return all;
    }

    /** The whole program. */
    static CommandLine line(Screen screen) {
        return line(screen, ALL);
    }

    /** The program as far as these arguments need it: reading the flags of all commands takes longer than running most. */
    static CommandLine lineFor(Screen screen, List<String> arguments) {
        String name = arguments.isEmpty() ? "" : arguments.getFirst();
        return line(
                screen,
                ALL.entrySet().stream()
                        .filter(command -> !ALL.containsKey(name)
                                ? !isVersion(name)
                                : command.getKey().equals(name))
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new)));
    }

    private static boolean isVersion(String argument) {
        return argument.equals("--version") || argument.equals("-V");
    }

    private static CommandLine line(Screen screen, Map<String, Function<Screen, Object>> commands) {
        CommandLine line = new CommandLine(new JavelinCommand());
        commands.forEach((name, command) -> line.addSubcommand(name, command.apply(screen)));
        line.getSubcommands().values().forEach(command -> complete(command.getCommandSpec()));
        boolean colours = screen.terminals().out() && screen.terminals().colours();
        return line.setColorScheme(CommandLine.Help.defaultColorScheme(colours ? Ansi.ON : Ansi.OFF))
                .setUsageHelpWidth(WIDTH)
                .setUsageHelpLongOptionsMaxWidth(32)
                .setOut(new ScreenWriter(screen).printing())
                .setExpandAtFiles(false) // a prompt may well begin with @
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setPosixClusteredShortOptionsAllowed(false);
    }

    /** Adds what all commands have. */
    private static void complete(CommandSpec command) {
        command.addMixin("help", CommandSpec.forAnnotatedObject(new HelpFlag()));
        command.usageMessage().sortOptions(false).abbreviateSynopsis(true);
    }
}
