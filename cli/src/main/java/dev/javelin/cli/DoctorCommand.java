package dev.javelin.cli;

import dev.javelin.api.DeviceInfo;
import dev.javelin.runtime.Devices;
import dev.javelin.runtime.UserFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Looks for what could be wrong with this machine. */
@Command(
        name = "doctor",
        description = {
            "Looks at the JVM, the devices, drivers, permissions, memory and folders, and says what to do about what is"
                    + " wrong. Please add what it prints to reports of errors.",
            "",
            "The exit code is 1 if anything is BAD."
        },
        footer = {"Examples:", "  javelin doctor"})
final class DoctorCommand implements Callable<Integer> {
    private final Screen screen;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    DoctorCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.ok("javelin", Version.number()));
        findings.addAll(JavaChecks.findings());
        findings.addAll(new SystemChecks(Path.of("/")).findings());
        devices(findings);
        UserFolders folders = UserFolders.ofUser();
        folder(findings, "cache", folders.cache(), UserFolders.CACHE);
        folder(findings, "state", folders.state(), UserFolders.STATE);
        Terminals terminals = screen.terminals();
        findings.add(Finding.ok(
                "terminal",
                "in %s, out %s, err %s, colours %s, file names in %s"
                        .formatted(
                                terminals.in() ? "yes" : "no",
                                terminals.out() ? "yes" : "no",
                                terminals.err() ? "yes" : "no",
                                terminals.colours() ? "yes" : "no",
                                System.getProperty("sun.jnu.encoding"))));
        print(findings);
        return findings.stream().anyMatch(finding -> finding.level() == Finding.Level.BAD)
                ? ExitCode.FAILURE
                : ExitCode.OK;
    }

    private void print(List<Finding> findings) {
        if (json) {
            screen.line(Json.object(out -> {
                out.writeArrayFieldStart("findings");
                for (Finding finding : findings) {
                    out.writeStartObject();
                    out.writeStringField("level", finding.shownLevel().toLowerCase(java.util.Locale.ROOT));
                    out.writeStringField("about", finding.about());
                    out.writeStringField("text", finding.text());
                    out.writeEndObject();
                }
                out.writeEndArray();
            }));
            return;
        }
        Table table = new Table();
        findings.forEach(finding -> table.row(finding.shownLevel(), finding.about(), finding.text()));
        screen.lines(table.lines());
    }

    private static void devices(List<Finding> findings) {
        Devices devices = Devices.find();
        boolean usable = false;
        for (Devices.Found found : devices.found()) {
            DeviceInfo info = found.info();
            usable |= info.kind() != DeviceInfo.Kind.REFERENCE;
            findings.add(Finding.ok(
                    "device",
                    "%s: %s, %s of %s free, %s"
                            .formatted(
                                    info.id(),
                                    info.name(),
                                    Sizes.text(info.memoryFree()),
                                    Sizes.text(info.memoryTotal()),
                                    String.join(" ", new TreeSet<>(info.features())))));
        }
        for (Devices.Missing missing : devices.missing()) {
            findings.add(Finding.note(
                    "device", "%s: none: %s; %s".formatted(missing.backend(), missing.reason(), missing.remedy())));
        }
        if (!usable) {
            findings.add(Finding.bad("device", "there is nothing to run models on; see the lines above"));
        }
    }

    private static void folder(List<Finding> findings, String about, @Nullable Path folder, String variable) {
        if (folder == null) {
            findings.add(Finding.note(about, "there is no home folder; name one with " + variable));
        } else if (UserFolders.isWritable(folder)) {
            findings.add(Finding.ok(about, "%s, %s".formatted(folder, Sizes.text(bytes(folder)))));
        } else {
            findings.add(Finding.bad(
                    about, "%s cannot be written to; name another one with %s".formatted(folder, variable)));
        }
    }

    private static long bytes(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException | java.io.UncheckedIOException e) {
            return 0;
        }
    }
}
