package dev.javelin.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the kit's random numbers come from: a property, else the commit that is checked out, else a constant. */
final class Seed {

    static final String PROPERTY = "javelin.kit.seed";

    private static final long OTHERWISE = 20_250_101;

    private Seed() {}

    /** The same for all runs of one commit, so that a failure comes back, and another for the next commit. */
    static long current() {
        String asked = System.getProperty(PROPERTY, "").strip();
        if (!asked.isEmpty()) {
            try {
                return Long.parseLong(asked);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("must be a whole number: " + PROPERTY + "=" + asked, e);
            }
        }
        try {
            return ofCommit(Path.of("").toAbsolutePath()).orElse(OTHERWISE);
        } catch (IOException unreadable) {
            return OTHERWISE;
        }
    }

    /** The number that the commit id begins with, found without running git. */
    static Optional<Long> ofCommit(Path below) throws IOException {
        for (Path folder = below; folder != null; folder = folder.getParent()) {
            Path git = folder.resolve(".git");
            if (Files.exists(git)) {
                return commit(Files.isDirectory(git) ? git : worktree(git)).map(id -> Long.parseLong(id, 0, 8, 16));
            }
        }
        return Optional.empty();
    }

    /** In a work tree beside the repository, {@code .git} is a file that says where its folder is. */
    private static Path worktree(Path file) throws IOException {
        String line = Files.readString(file).strip();
        Path folder = Path.of(line.substring(line.indexOf(':') + 1).strip());
        return file.resolveSibling(folder).normalize();
    }

    private static Optional<String> commit(Path git) throws IOException {
        String head = Files.readString(git.resolve("HEAD")).strip();
        if (!head.startsWith("ref:")) {
            return Optional.of(head);
        }
        String ref = head.substring("ref:".length()).strip();
        Path common = git.resolve("commondir");
        Path shared = Files.exists(common)
                ? git.resolve(Files.readString(common).strip()).normalize()
                : git;
        if (Files.exists(shared.resolve(ref))) {
            return Optional.of(Files.readString(shared.resolve(ref)).strip());
        }
        Path packed = shared.resolve("packed-refs");
        if (!Files.exists(packed)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(packed)) {
            return lines.filter(line -> line.endsWith(" " + ref))
                    .map(line -> line.substring(0, line.indexOf(' ')))
                    .findFirst();
        }
    }
}
