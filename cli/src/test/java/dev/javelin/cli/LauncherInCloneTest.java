package dev.javelin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a clone: when it builds, when not, and what it says when it cannot. Maven is one that only copies. */
final class LauncherInCloneTest {
    private static final String VERSION = "9.9";

    @TempDir
    private Path folder;

    private Path clone;
    private Path builds;

    @BeforeEach
    void makeClone() throws IOException {
        clone = folder.resolve("clone");
        builds = folder.resolve("builds");
        Files.createDirectories(clone);
        copy(Program.distribution().resolve("bin/javelin"), clone.resolve("javelin"));
        write(clone.resolve("pom.xml"), "<project/>");
        for (String module : List.of("api", "cli", "bench")) {
            write(clone.resolve(module + "/pom.xml"), "<project/>");
            write(clone.resolve(module + "/src/main/java/A.java"), "class A {}");
        }
        write(folder.resolve("bin/mvn"), """
            #!/bin/sh
            echo "$* JAVA_HOME=$JAVA_HOME" >>'%s'
            [ ! -f fail ] || { echo '[ERROR] A.java:1 is not to be compiled'; exit 1; }
            echo '[INFO] Building javelin-api %s    [1/2]'
            home=cli/target/javelin-%s/javelin-%s
            mkdir -p $home/lib
            cp '%s'/lib/* $home/lib
            touch $home/lib/javelin-api-%s.jar $home/lib/javelin-cli-%s.jar cli/target/javelin-%s.zip
            """.formatted(
                        builds, VERSION, VERSION, VERSION, Program.distribution(), VERSION, VERSION, VERSION));
        folder.resolve("bin/mvn").toFile().setExecutable(true);
    }

    @Test
    void buildsOnFirstUseThenWhenSourcesChanged() throws Exception {
        Program.Ended first = program().run("--version");
        assertThat(first.out()).startsWith("javelin ");
        assertThat(first.err()).singleElement().asString().contains("building", "first use");
        assertThat(builds())
                .singleElement()
                .asString()
                .contains("package -pl cli -am", "JAVA_HOME=" + System.getProperty("java.home"));

        Program.Ended second = program().run("--version");
        assertThat(second.err()).isEmpty();
        assertThat(builds()).hasSize(1);

        touch("bench/src/main/java/A.java");
        assertThat(program().run("--version").err())
                .as("no part of the program")
                .isEmpty();

        touch("api/src/main/java/A.java");
        assertThat(program().run("--version").err()).first().asString().contains("sources changed");
        touch("pom.xml");
        program().run("--version");
        assertThat(builds()).hasSize(3);

        Files.delete(clone.resolve("api/src/main/java/A.java"));
        touch("api/src/main/java");
        program().run("--version");
        assertThat(builds()).as("a file less").hasSize(4);
        assertThat(program().run("--version").err()).isEmpty();
    }

    @Test
    void aBuildPreparesQuickStartsForItsOwnJars() throws Exception {
        Path home = clone.resolve("cli/target/javelin-%s/javelin-%s".formatted(VERSION, VERSION));
        Path loaded = folder.resolve("loaded.txt");
        Program program = program().with("JAVELIN_JAVA_OPTIONS", "-Xlog:class+load:file=" + loaded);
        program.run("run", "tiny", "--max-tokens", "1", "Hello");
        assertThat(mainClassIn(loaded)).contains("shared objects file (top)");

        touch(home.resolve("lib/javelin-api-%s.jar".formatted(VERSION)).toString());
        Program.Ended ended = program.run("run", "tiny", "--max-tokens", "1", "Hello");
        assertThat(mainClassIn(loaded)).as("older than a jar").doesNotContain("shared");
        assertThat(ended.err()).isEmpty();
        assertThat(ended.code()).isZero();
    }

    @Test
    void leavesTheChoiceOfTheCollectorToTheUser() throws Exception {
        Program.Ended ended = program()
                .with("JAVELIN_JAVA_OPTIONS", "-XX:+UseParallelGC")
                .run("run", "tiny", "--max-tokens", "1", "Hello");
        assertThat(ended.code()).as("%s", ended).isZero();
    }

    @Test
    void showsAtATerminalHowFarItIs() throws Exception {
        assumeTrue(TerminalSession.isPossible(), "a pty needs /usr/bin/script of util-linux and env --default-signal");
        try (TerminalSession session = TerminalSession.open(program(), clone.resolve("javelin"), "--version")) {
            session.await("building api (1/2)");
            session.await("javelin ");
            session.await("exit=0");
        }
    }

    @Test
    void saysWhyABuildFailed() throws Exception {
        write(clone.resolve("fail"), "");
        Program.Ended ended = program().run("--version");
        assertThat(ended.err())
                .contains("[ERROR] A.java:1 is not to be compiled")
                .last()
                .asString()
                .contains("the build failed", "cli/target/build.log");
        assertThat(ended.code()).isEqualTo(ExitCode.FAILURE);
        Files.delete(clone.resolve("fail"));
        assertThat(program().run("--version").code()).as("the next time").isZero();
    }

    @Test
    void saysThatMavenIsMissing() throws Exception {
        Files.delete(folder.resolve("bin/mvn"));
        for (String tool : List.of("readlink", "mkdir", "find", "cat", "rm")) {
            Path stand = folder.resolve("bin").resolve(tool);
            write(stand, "#!/bin/sh\nPATH=/usr/bin:/bin exec " + tool + " \"$@\"\n");
            stand.toFile().setExecutable(true);
        }
        Program.Ended ended =
                program().with("PATH", folder.resolve("bin").toString()).run("--version");
        assertThat(ended.err()).singleElement().asString().contains("Maven 3.8 or later is needed");
        assertThat(ended.code()).isEqualTo(ExitCode.FAILURE);
    }

    @Test
    void saysThatTheJdkIsMissing() throws Exception {
        Path launcher = clone.resolve("javelin");
        String none = folder.resolve("none").toString();
        write(launcher, Files.readString(launcher).replaceAll(" /(usr|opt|Library)/", " " + none + "/"));
        Program.Ended ended = program()
                .with("JAVA_HOME", "/nowhere")
                .with("PATH", folder.resolve("bin") + ":" + pathWithoutJava())
                .run("--version");
        assertThat(ended.err())
                .singleElement()
                .asString()
                .contains("a JDK 25 is needed and none was found", "JAVA_HOME");
        assertThat(ended.code()).isEqualTo(ExitCode.FAILURE);
    }

    @Test
    void twoAtOnceBuildOnce() throws Exception {
        Process first = program().start("--version");
        Program.Ended second = program().run("--version");
        assertThat(first.waitFor()).isZero();
        assertThat(second.code()).isZero();
        assertThat(builds()).hasSize(1);
    }

    @Test
    void aLinkToItWorks() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("bin/javelin"), clone.resolve("javelin"));
        assertThat(Program.of(link, folder)
                        .with("PATH", path())
                        .run("--version")
                        .out())
                .startsWith("javelin ");
    }

    /** A folder with a java of another version in place of the system's. */
    private String pathWithoutJava() throws IOException {
        Path other = folder.resolve("other/bin");
        write(other.resolve("java"), "#!/bin/sh\nexit 1\n");
        other.resolve("java").toFile().setExecutable(true);
        write(folder.resolve("other/release"), "JAVA_VERSION=\"17.0.1\"\n");
        return other + ":" + System.getenv("PATH");
    }

    private static String mainClassIn(Path loaded) throws IOException {
        return Files.readAllLines(loaded).stream()
                .filter(line -> line.contains("dev.javelin.cli.Main "))
                .findFirst()
                .orElseThrow();
    }

    private void touch(String file) throws IOException {
        Files.setLastModifiedTime(clone.resolve(file), FileTime.from(Instant.now()));
    }

    private List<String> builds() throws IOException {
        return Files.readAllLines(builds);
    }

    private String path() {
        return folder.resolve("bin") + ":" + System.getenv("PATH");
    }

    private Program program() {
        return Program.of(clone.resolve("javelin"), folder).with("PATH", path());
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to);
        to.toFile().setExecutable(true);
    }
}
