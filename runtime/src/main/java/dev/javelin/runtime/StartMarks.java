package dev.javelin.runtime;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A file for each backend whose driver is being called for the first time in a process. A driver that takes the process with it
 * leaves the file behind, and so the next start knows. Usable from any thread and any number of processes; without a folder, or
 * where it cannot be written, nothing is remembered.
 *
 * @param folder null for none
 */
record StartMarks(@Nullable Path folder) {
    /** After that a driver is given another chance. */
    private static final Duration REMEMBERED = Duration.ofDays(1);

    /** A backend that took a process with it. */
    record Death(Instant when, Path file) {}

    static StartMarks ofUser() {
        Path cache = UserFolders.ofUser().cache();
        return new StartMarks(cache == null ? null : cache.resolve("starting"));
    }

    /** Calls a driver. The mark goes when the call returns, or when the process ends in an orderly way. */
    <T> T around(String backend, Supplier<T> call) {
        if (folder == null) {
            return call.get();
        }
        Path file = folder.resolve(backend + "." + ProcessHandle.current().pid());
        try {
            Files.createDirectories(folder);
            Files.writeString(file, "");
            file.toFile().deleteOnExit();
        } catch (IOException | IllegalStateException readOnlyOrEnding) {
            // then there is no mark, or the end of the call is the only way for it to go
        }
        try {
            return call.get();
        } finally {
            delete(file);
        }
    }

    /** Whether a process ended while it called this backend's driver, not long ago. */
    Optional<Death> death(String backend) {
        if (folder == null || !Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, backend + ".*")) {
            for (Path file : files) {
                Instant when = Files.getLastModifiedTime(file).toInstant();
                if (when.isBefore(Instant.now().minus(REMEMBERED))) {
                    delete(file);
                } else if (!isUnderWay(file, when)) {
                    return Optional.of(new Death(when, file));
                }
            }
        } catch (IOException goneMeanwhile) {
            // another process is tidying up
        }
        return Optional.empty();
    }

    /** Forgets deaths, since somebody wants to try again. */
    void forget(String backend) {
        for (Optional<Death> death = death(backend); death.isPresent(); death = death(backend)) {
            delete(death.get().file());
            if (Files.exists(death.get().file())) {
                return;
            }
        }
    }

    /** Whether the process that made the file is still there; one that began later only has its number. */
    private static boolean isUnderWay(Path file, Instant made) {
        String name = file.getFileName().toString();
        try {
            return ProcessHandle.of(Long.parseLong(name.substring(name.lastIndexOf('.') + 1)))
                    .map(process -> process.info()
                            .startInstant()
                            .map(start -> start.isBefore(made))
                            .orElse(true))
                    .orElse(false);
        } catch (NumberFormatException notOurs) {
            return true;
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException readOnly) {
            // then it will be too old one day
        }
    }
}
