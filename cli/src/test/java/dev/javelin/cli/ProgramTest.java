package dev.javelin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the program does for those who start it rightly. */
final class ProgramTest {
    private static final String QUESTION = "What is the capital of France?";

    @TempDir
    private Path folder;

    @Test
    void answersAnArgumentAFileAndAPipe() throws Exception {
        Path file = Files.writeString(folder.resolve("question.txt"), QUESTION + "\n");
        says("Paris", program().run("run", "tiny", QUESTION));
        says("Paris", program().run("run", "tiny", "What", "is", "the", "capital", "of", "France?"));
        says("Paris", program().run("run", "tiny", "-f", file.toString()));
        says("Paris", program().reading(QUESTION + "\n").run("run", "tiny"));
    }

    @Test
    void theSameSeedGivesTheSameText() throws Exception {
        String[] command = {"run", "tiny", "--raw", "--temp", "1.5", "--max-tokens", "20", "--seed", "7", "Once"};
        Program.Ended first = program().run(command);
        assertThat(first.code()).isZero();
        assertThat(program().run(command).out()).isEqualTo(first.out()).isNotBlank();
    }

    @Test
    void jsonIsOneObject() throws Exception {
        Program.Ended ended = program().run("run", "tiny", "--json", "--temp", "0", QUESTION);
        says("\"text\":\"The capital of France is Paris.\",\"stop_reason\":\"end\"", ended);
        assertThat(ended.out()).startsWith("{").endsWith("}\n").contains("\"prompt_tokens\":15", "\"weight_bytes\":");
    }

    @Test
    void verboseSaysHowFastAndWhereTheMemoryWent() throws Exception {
        Program.Ended ended = program().run("run", "tiny", "--verbose", "--stop", "Paris", QUESTION);
        assertThat(ended.out()).isEqualTo("The capital of France is \n");
        assertThat(String.join("\n", ended.err()))
                .contains("tokens/s", "first    token after", "memory", "weights", "ended by stop_string", "seed");
    }

    @Test
    void numbersAreTheSameInAnyLocale() throws Exception {
        Program program = program().with("JAVELIN_JAVA_OPTIONS", "-Duser.language=ar -Duser.country=EG");
        Program.Ended ended = program.run("run", "tiny", "--verbose", "--ctx", "32", "--raw", "Once upon a time");
        assertThat(String.join("\n", ended.err()))
                .contains("32 of 32 tokens", "the context of 32 tokens is full")
                .matches("(?s)\\p{ASCII}*");
    }

    @Test
    void saysThatTheContextIsFull() throws Exception {
        Program.Ended ended = program().run("run", "tiny", "--ctx", "32", "--raw", "Once upon a time");
        assertThat(ended.err()).singleElement().asString().contains("the context of 32 tokens is full", "--ctx");
        assertThat(ended.code()).isZero();
    }

    @Test
    void versionHelpAndCompletionSayNothingElse() throws Exception {
        Program.Ended version = program().run("--version");
        assertThat(version.out()).matches("javelin \\d\\S*\n");
        for (String[] command : List.<String[]>of(
                new String[] {"--help"},
                new String[] {"run", "--help"},
                new String[] {"help"},
                new String[] {"help", "run"},
                new String[] {"completion", "bash"},
                new String[] {"completion", "zsh"})) {
            says("run", program().run(command));
        }
    }

    @Test
    void writesSyntheticModelsThatRun() throws Exception {
        says("qwen3-0.6b", program().run("synth", "--list"));
        Path file = folder.resolve("synthetic.gguf");
        says("synthetic.gguf: ", program().run("synth", "qwen3-0.6b", "--format", "Q4_0", "-o", file.toString()));
        says("runs on     cpu:0: ", program().run("inspect", file.toString()));
        Program.Ended again = program().run("synth", "qwen3-0.6b", "--format", "Q4_0", "-o", file.toString());
        assertThat(again.err()).singleElement().asString().contains("synthetic.gguf");
        assertThat(again.code()).as("nothing is overwritten").isEqualTo(ExitCode.FAILURE);
    }

    /** What only a chat or JSON needs costs time to load. Loggers are left out: the OpenCL binding has one. */
    @Test
    void loadsOnlyWhatACommandNeeds() throws Exception {
        for (String[] command : List.<String[]>of(
                new String[] {"--version"}, new String[] {"devices"}, new String[] {"run", "tiny", QUESTION})) {
            Path log = folder.resolve("loaded.log");
            program()
                    .with("JAVELIN_JAVA_OPTIONS", "-Xlog:class+load:file=" + log)
                    .run(command);
            assertThat(Files.readAllLines(log))
                    .as("%s", List.of(command))
                    .anyMatch(line -> line.contains("dev.javelin.cli.Main"))
                    .noneMatch(
                            line -> line.contains("org.jline.") || line.contains("com.fasterxml.jackson.core.json."));
        }
    }

    @Test
    void theCompletionIsAScriptThatBashTakes() throws Exception {
        Path script = Files.writeString(
                folder.resolve("completion"),
                program().run("completion", "bash").out());
        Process bash = new ProcessBuilder("bash", "-euc", "source " + script + "; complete -p javelin")
                .redirectErrorStream(true)
                .start();
        String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(out).isZero();
        assertThat(out).contains("javelin");
    }

    @Test
    void listsDevices() throws Exception {
        says("cpu:0", program().run("devices"));
        says("\"id\":\"cpu:0\"", program().run("devices", "--json"));
    }

    @Test
    void inspects() throws Exception {
        Program.Ended ended = program().run("inspect", "tiny");
        says("general.architecture = \"qwen3\"", ended);
        assertThat(ended.out()).contains("blk.*.attn_q.weight", "F16", "runs on     cpu:0: yes", "weights 7.1 MB");
        says("\"qwen3.block_count\":4", program().run("inspect", "tiny", "--json"));
        says("blk.3.attn_q.weight", program().run("inspect", "tiny", "--tensors"));
    }

    @Test
    void doctorFindsNothingWrongWithTheJvm() throws Exception {
        Program.Ended ended = program().run("doctor");
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out()).contains("ok    java", "ok    vm", "ok    vectors", "ok    native", "cpu:0", "cache");
    }

    @Test
    void measuresPerplexity() throws Exception {
        says(
                "perplexity ",
                program()
                        .reading("The capital of France is Paris. ".repeat(20))
                        .run("perplexity", "tiny", "-", "--chunk", "64"));
    }

    /** Whatever the locale: arguments, files, standard input and output are UTF-8. */
    @Test
    void aTextMayBeginWithAnAt() throws Exception {
        says("\"@\"", program().run("tokenize", "tiny", "@none"));
    }

    @Test
    void textIsUtf8InAnyLocale() throws Exception {
        Path file = Files.writeString(folder.resolve("Grüße 世界.txt"), "Grüße 世界");
        for (String locale : List.of("C", "POSIX", "C.UTF-8", "")) {
            Program.Ended argument = program().with("LC_ALL", locale).run("tokenize", "tiny", "--json", "Grüße 世界");
            says("\"id\"", argument);
            assertThat(program().with("LC_ALL", locale).run("tokenize", "tiny", "--json", "-f", file.toString()))
                    .as("a file, locale=%s", locale)
                    .isEqualTo(argument);
            assertThat(program().with("LC_ALL", locale).reading("Grüße 世界").run("tokenize", "tiny", "--json"))
                    .as("a pipe, locale=%s", locale)
                    .isEqualTo(argument);
            says(
                    "Grüße",
                    program()
                            .with("LC_ALL", locale)
                            .run("run", folder.resolve("Grüße.gguf").toString(), "hi")
                            .err());
        }
    }

    @Test
    void aReaderThatGoesAwayEndsItQuietly() throws Exception {
        Process process = program()
                .start(
                        "run",
                        "tiny",
                        "--threads",
                        "1",
                        "--temp",
                        "0",
                        "--repeat-penalty",
                        "1000",
                        "--repeat-last-n",
                        "-1",
                        "babble");
        process.getOutputStream().close();
        assertThat(process.getInputStream().read()).isPositive();
        process.getInputStream().close();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(ExitCode.CLOSED_PIPE);
        assertThat(process.errorReader(StandardCharsets.UTF_8).readAllLines())
                .allMatch(line -> line.startsWith("WARNING: Using incubator"));
    }

    @Test
    void aSignalEndsItQuietly() throws Exception {
        Path text = Files.writeString(folder.resolve("long.txt"), "The capital of France is Paris. ".repeat(50_000));
        Process process = program().start("perplexity", "tiny", text.toString());
        BufferedReader err = process.errorReader(StandardCharsets.UTF_8);
        assertThat(err.readLine()).startsWith("WARNING: Using incubator");
        assertThat(process.waitFor(2, TimeUnit.SECONDS)).as("it takes long").isFalse();
        process.toHandle().destroy(); // SIGTERM, and the streams stay open
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
        assertThat(err.readAllLines()).isEmpty();
    }

    private void says(String part, Program.Ended ended) {
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out()).contains(part);
        assertThat(ended.code()).isZero();
    }

    private static void says(String part, List<String> lines) {
        assertThat(lines).singleElement().asString().contains(part);
    }

    private Program program() throws IOException {
        return Program.of(folder);
    }
}
