package dev.javelin.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The flag that every command has. */
@Command(parameterListHeading = "%n", optionListHeading = "%n", footerHeading = "%n")
final class HelpFlag {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli looks at the flag by itself
    private boolean help;
}
