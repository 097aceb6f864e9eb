package dev.javelin.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeedTest {

    private static final String COMMIT = "89abcdef0123456789abcdef0123456789abcdef";
    private static final long NUMBER = 0x89abcdefL;

    @TempDir
    private Path folder;

    private Path git(String head) throws IOException {
        Path git = Files.createDirectories(folder.resolve("repository/.git"));
        Files.writeString(git.resolve("HEAD"), head + "\n");
        return git;
    }

    private Path below() throws IOException {
        return Files.createDirectories(folder.resolve("repository/module/target"));
    }

    @Test
    void comesFromABranch() throws IOException {
        Path git = git("ref: refs/heads/main");
        Files.createDirectories(git.resolve("refs/heads"));
        Files.writeString(git.resolve("refs/heads/main"), COMMIT + "\n");
        assertThat(Seed.ofCommit(below())).contains(NUMBER);
    }

    @Test
    void comesFromAPackedBranch() throws IOException {
        Path git = git("ref: refs/heads/main");
        Files.writeString(git.resolve("packed-refs"), "# pack-refs with: peeled\n" + COMMIT + " refs/heads/main\n");
        assertThat(Seed.ofCommit(below())).contains(NUMBER);
    }

    @Test
    void comesFromADetachedHead() throws IOException {
        git(COMMIT);
        assertThat(Seed.ofCommit(below())).contains(NUMBER);
    }

    @Test
    void comesFromAWorkTreeBesideTheRepository() throws IOException {
        Path git = git("ref: refs/heads/main");
        Path own = Files.createDirectories(git.resolve("worktrees/other"));
        Files.writeString(own.resolve("HEAD"), "ref: refs/heads/other\n");
        Files.writeString(own.resolve("commondir"), "../..\n");
        Files.createDirectories(git.resolve("refs/heads"));
        Files.writeString(git.resolve("refs/heads/other"), COMMIT + "\n");
        Path other = Files.createDirectories(folder.resolve("other"));
        Files.writeString(other.resolve(".git"), "gitdir: " + own + "\n");
        assertThat(Seed.ofCommit(other)).contains(NUMBER);
    }

    @Test
    void isAbsentWithoutARepository() throws IOException {
        assertThat(Seed.ofCommit(folder)).isEmpty();
    }

    @Test
    void isAbsentBeforeTheFirstCommit() throws IOException {
        git("ref: refs/heads/main");
        assertThat(Seed.ofCommit(below())).isEmpty();
    }
}
