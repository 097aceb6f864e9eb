package dev.javelin.runtime;

import dev.javelin.api.JavelinException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where things are kept between two runs: a cache, which may be deleted at any time, and a program's state. Immutable, usable
 * from any thread.
 *
 * @param environment the variables of the process
 * @param home of the user, null if nobody knows
 */
public record UserFolders(
        Map<String, String> environment, @Nullable Path home) {
    /** The variable that names the cache. */
    public static final String CACHE = "JAVELIN_CACHE";

    /** The variable that names the folder of state. */
    public static final String STATE = "JAVELIN_STATE";

    public UserFolders {
        environment = Map.copyOf(environment);
    }

    /** Those of the user whom this process belongs to. */
    public static UserFolders ofUser() {
        String home = System.getenv("HOME"); // which the JDK does not look at
        if (home == null || home.isBlank()) {
            home = System.getProperty("user.home");
        }
        return new UserFolders(System.getenv(), home == null || home.isBlank() ? null : Path.of(home));
    }

    /** The folder of what saves time only; the launcher looks in the same places. */
    @Nullable
    public Path cache() {
        return folder(CACHE, "XDG_CACHE_HOME", ".cache");
    }

    /** The folder of the history of what was typed. */
    @Nullable
    public Path state() {
        return folder(STATE, "XDG_STATE_HOME", ".local/state");
    }

    /**
     * Refuses folders that the user named and nobody can write to; others do without.
     *
     * @throws JavelinException naming the variable and the folder
     */
    public void requireNamedOnesWritable() {
        for (String variable : new String[] {CACHE, STATE}) {
            String named = environment.get(variable);
            if (named != null && !named.isBlank() && !isWritable(Path.of(named))) {
                throw new JavelinException(
                        "the folder must be writable: %s=%s; name another one, or unset it".formatted(variable, named));
            }
        }
    }

    /** Whether files can be made in it; makes the folder. */
    public static boolean isWritable(Path folder) {
        try {
            Files.createDirectories(folder);
            return Files.isWritable(folder);
        } catch (IOException e) {
            return false;
        }
    }

    private @Nullable Path folder(String own, String standard, String underHome) {
        String named = environment.get(own);
        if (named != null && !named.isBlank()) {
            return Path.of(named);
        }
        String base = environment.get(File.separatorChar == '\\' ? "LOCALAPPDATA" : standard);
        if (base != null && !base.isBlank()) {
            return Path.of(base, "javelin");
        }
        return home == null ? null : home.resolve(underHome).resolve("javelin");
    }
}
