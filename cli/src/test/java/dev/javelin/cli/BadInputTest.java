package dev.javelin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.javelin.tiny.TinyModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is wrong with what a user gives: one sentence that says so, no output, and an exit code. */
final class BadInputTest {
    @TempDir
    private Path folder;

    @Test
    void noSuchFile() throws Exception {
        fails(
                program().run("run", folder.resolve("none.gguf").toString(), "hi"),
                "there is no such model",
                "none.gguf");
    }

    @Test
    void aFolder() throws Exception {
        fails(program().run("run", folder.toString(), "hi"), "is a folder");
    }

    @Test
    void anEmptyFile() throws Exception {
        fails(program().run("run", file("empty.gguf", new byte[0]), "hi"), "begins with GGUF", "fileBytes=0");
    }

    @Test
    void aTextFile() throws Exception {
        fails(
                program().run("run", file("notes.gguf", "Dear diary,\n".getBytes(StandardCharsets.UTF_8)), "hi"),
                "begins with GGUF");
    }

    @Test
    void anUnknownArchitecture() throws Exception {
        fails(
                program().run("run", file("other.gguf", tinyOf("warp9")), "hi"),
                "the architecture is not known",
                "warp9");
    }

    @Test
    void aDeviceThatDoesNotExist() throws Exception {
        fails(program().run("run", "tiny", "--device", "cuda:7", "hi"), "there is no such device", "cuda:7", "cpu:0");
    }

    @Test
    void aContextLargerThanTheMemory() throws Exception {
        fails(
                program().run("run", "tiny", "--ctx", "2000000000", "hi"),
                "the model does not fit on the device",
                "context of");
    }

    @Test
    void aPromptLongerThanTheContext() throws Exception {
        fails(
                program().reading("word ".repeat(3000)).run("run", "tiny"),
                "the prompt does not fit into the context",
                "context=1024");
    }

    @Test
    void invalidUtf8OnStandardInput() throws Exception {
        fails(
                program().reading(new byte[] {'h', 'i', (byte) 0xFF, 'x'}).run("run", "tiny"),
                "must be UTF-8",
                "standard input",
                "firstWrongByte=2");
    }

    @Test
    void aTextWithoutEnd() throws Exception {
        fails(program().run("tokenize", "tiny", "-f", "/dev/zero"), "a text must not be too long", "most=67108864");
    }

    @Test
    void anEmptyDevice() throws Exception {
        Program.Ended ended = program().run("run", "tiny", "--device", "", "hi");
        assertThat(ended.err()).singleElement().asString().contains("--device must name a device");
        assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void closedStreamsAndAFullDisk() throws Exception {
        assertThat(shell("tokenize tiny <&-").code()).isZero();
        assertThat(shell("tokenize tiny hi 2>&-").out()).contains("hi");
        fails(shell("--version >&-"), "the output must be writable");
        fails(shell("--help >/dev/full"), "the output must be writable");
    }

    /** The program with its streams as a shell makes them. */
    private Program.Ended shell(String arguments) throws Exception {
        String launcher = Program.distribution().resolve("bin/javelin").toString();
        return Program.of(Path.of("/bin/sh"), folder).run("-c", "\"$0\" " + arguments, launcher);
    }

    @Test
    void escapesOfFilesAreNoEscapes() {
        assertThat(Failures.oneLine("a\u001b[2J \n b")).isEqualTo("a\\u{1b}[2J b");
    }

    @Test
    void anEmptyPrompt() throws Exception {
        fails(program().run("run", "tiny"), "the prompt must not be empty");
    }

    @Test
    void anUnwritableCacheFolder() throws Exception {
        String below = file("file", new byte[0]) + "/cache";
        fails(
                program().with("JAVELIN_CACHE", below).run("run", "tiny", "hi"),
                "must be writable",
                "JAVELIN_CACHE",
                below);
        Program.Ended doctor = program().with("JAVELIN_CACHE", below).run("doctor");
        assertThat(doctor.out()).contains("BAD").contains(below);
        assertThat(doctor.code()).isEqualTo(ExitCode.FAILURE);
    }

    @Test
    void aTextShorterThanAChunk() throws Exception {
        fails(program().reading("short").run("perplexity", "tiny", "-"), "a chunk has from 2 tokens");
    }

    /** Exit code 2, which says that the command line itself is wrong. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run tiny -f a.txt hi             | a prompt and a file with one were given",
                "run tiny --raw --system x hi     | --raw has no messages",
                "run tiny --raw --think off hi    | --raw uses no template",
                "run tiny --temp -1 hi            | --temp must be in its range",
                "run tiny --temp warm hi          | Invalid value for option '--temp'",
                "run tiny --top-p 2 hi            | --top-p must be in its range",
                "run tiny --max-tokens 0 hi       | --max-tokens must be at least 1",
                "run tiny --ctx 0 hi              | context must be at least 1",
                "run tiny --repeat-last-n -2 hi   | --repeat-last-n must be in its range",
                "run tiny --kv q3_k hi            | Invalid value for option '--kv'",
                "run tiny --bogus hi              | there is no such option: --bogus",
                "run                              | Missing required parameter: 'MODEL'",
                "tokenize tiny --json --ids hi    | --json holds the ids",
                "devices all                      | one argument too many: all",
                "synth qwen3-0.6b                 | name a SHAPE and a --format",
                "synth qwen9-1b --format Q4_0     | qwen9-1b",
                "synth qwen3-0.6b --format Q9     | Q9",
                "fly                              | there is no such command: fly",
                "completion fish                  | expected one of",
            })
    void wrongCommandLines(String line, String sentence) throws Exception {
        Program.Ended ended = program().run(line.strip().split("\\s+"));
        assertThat(ended.err())
                .singleElement()
                .asString()
                .startsWith("javelin: ")
                .contains(sentence.strip(), "--help");
        assertThat(ended.out()).isEmpty();
        assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
    }

    private void fails(Program.Ended ended, String... parts) {
        assertThat(ended.err())
                .singleElement()
                .asString()
                .startsWith("javelin: ")
                .contains(parts);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.code()).isEqualTo(ExitCode.FAILURE);
    }

    private Program program() {
        return Program.of(folder);
    }

    private String file(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes).toString();
    }

    /** The small model under the name of another architecture. */
    private static byte[] tinyOf(String architecture) throws IOException {
        try (InputStream in = Objects.requireNonNull(TinyModel.class.getResourceAsStream("tiny-f16.gguf"))) {
            String latin = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            return latin.replaceFirst("qwen3", architecture).getBytes(StandardCharsets.ISO_8859_1);
        }
    }
}
