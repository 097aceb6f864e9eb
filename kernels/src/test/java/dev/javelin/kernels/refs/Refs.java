package dev.javelin.kernels.refs;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.opentest4j.TestAbortedException;

/**
 * Where the reference data lie: the folder that the environment variable {@code JAVELIN_REFS} names, else
 * {@code ../shared/refs} beside the repository. A relative name counts from the root of the repository.
 */
public final class Refs {

    private static final String VARIABLE = "JAVELIN_REFS";

    private Refs() {}

    /**
     * The subfolder {@code name} of the reference data. Where it is absent, the calling test is skipped, saying so, or
     * fails if {@code JAVELIN_REFS} is set.
     */
    public static Path folder(String name) {
        try {
            return folder(name, System.getenv(VARIABLE), repository());
        } catch (TestAbortedException absent) {
            // Maven's report of a skipped test does not say why it was skipped.
            System.out.println("refs " + name + " skipped: " + absent.getMessage());
            throw absent;
        }
    }

    static Path folder(String name, @Nullable String variable, Path repository) {
        boolean named = variable != null && !variable.isBlank();
        Path refs = repository.resolve(named ? variable : "../shared/refs").normalize();
        Path folder = refs.resolve(name);
        if (!Files.isDirectory(folder)) {
            String absent = "the reference data are absent: folder=" + folder;
            if (named) {
                return Assertions.fail(absent + ", " + VARIABLE + "=" + variable);
            }
            return Assumptions.abort(absent + "; set " + VARIABLE + " to the folder that holds it");
        }
        return folder;
    }

    /** The root of the repository: what the build says, else the folder above this one that has the root pom.xml. */
    public static Path repository() {
        String root = System.getProperty("javelin.root");
        if (root != null) {
            return Path.of(root).toAbsolutePath().normalize();
        }
        Path start = Path.of("").toAbsolutePath();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("pom.xml")) && Files.isDirectory(folder.resolve("kernels"))) {
                return folder;
            }
        }
        throw new IllegalStateException(
                "the test must run inside the repository, or with -Djavelin.root: folder=" + start);
    }
}
