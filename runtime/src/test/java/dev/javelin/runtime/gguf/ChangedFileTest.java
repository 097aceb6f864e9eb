package dev.javelin.runtime.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.javelin.api.Format;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens when a file changes under us. Not on Windows, which does not let a mapped file become shorter or be replaced. */
@DisabledOnOs(OS.WINDOWS)
class ChangedFileTest {

    private static final int BYTES = 8 << 20;
    private static final int LEFT = 1 << 20;

    @TempDir
    Path folder;

    @Test
    void anUnchangedFileMakesNoFuss() {
        try (GgufFile file = GgufFile.open(TinyModel.writer().write(folder.resolve("a.gguf")))) {
            file.requireUnchanged();
            assertThat(file.<Integer>whileUnchanged(() -> 42)).isEqualTo(42);
            assertThatThrownBy(() -> file.whileUnchanged(() -> {
                        throw new IllegalStateException("of the body");
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("of the body");
        }
    }

    @Test
    void aFileInMemoryDoesNotChange() {
        try (GgufFile file = GgufFile.of("a", MemorySegment.ofArray(TinyModel.bytes()))) {
            assertThat(file.<Integer>whileUnchanged(() -> 1)).isEqualTo(1);
        }
    }

    @Test
    void aWrittenFileIsNoticed() throws IOException {
        Path path = TinyModel.writer().write(folder.resolve("a.gguf"));
        try (GgufFile file = GgufFile.open(path)) {
            Files.setLastModifiedTime(path, FileTime.fromMillis(1));
            refuses(file, "now modified=1970-01-01T00:00:00.001Z");
        }
    }

    @Test
    void aReplacedFileIsNoticed() throws IOException {
        Path path = TinyModel.writer().write(folder.resolve("a.gguf"));
        Path other = TinyModel.writer().write(folder.resolve("b.gguf"));
        try (GgufFile file = GgufFile.open(path)) {
            Files.setLastModifiedTime(other, Files.getLastModifiedTime(path));
            Files.move(other, path, StandardCopyOption.REPLACE_EXISTING);
            refuses(file, "now it is another file of that name");
            Files.delete(path);
            refuses(file, "NoSuchFileException");
        }
    }

    @Test
    void aFailureOfTheBodyIsExplainedByTheChange() throws IOException {
        Path path = TinyModel.writer().write(folder.resolve("a.gguf"));
        try (GgufFile file = GgufFile.open(path)) {
            Files.setLastModifiedTime(path, FileTime.fromMillis(1));
            IllegalStateException failure = new IllegalStateException("a consequence");
            assertThatThrownBy(() -> file.whileUnchanged(() -> {
                        throw failure;
                    }))
                    .isInstanceOf(GgufException.class)
                    .hasMessageStartingWith("the file must not change while it is open")
                    .hasCause(failure);
        }
    }

    private static void refuses(GgufFile file, String message) {
        assertThatThrownBy(file::requireUnchanged)
                .isInstanceOf(GgufException.class)
                .hasMessageStartingWith("the file must not change while it is open")
                .hasMessageContaining(message);
        assertThatThrownBy(() -> file.whileUnchanged(() -> 1)).isInstanceOf(GgufException.class);
    }

    /** In a JVM of its own, which would be lost if the guard did not hold. */
    @ParameterizedTest
    @ValueSource(strings = {"-Xint", "-XX:TieredStopAtLevel=1", "-XX:-TieredCompilation"})
    void aTruncatedFileIsOneErrorAndNotTheEnd(String mode) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), mode, "-Xmx64m"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Reader.class.getName()));
        command.add(folder.resolve("cut.gguf").toString());
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        int status = process.waitFor();
        assertThat(Files.readString(log, StandardCharsets.UTF_8))
                .isEqualTo(
                        "plain reads: the file must not change while it is open%ncopies: the file must not change while it is open%n"
                                .formatted());
        assertThat(status).isZero();
    }

    /** Reads a file often enough to be compiled, cuts it, and reads it again. */
    static final class Reader {

        private Reader() {}

        public static void main(String[] arguments) throws IOException {
            tell("plain reads", Path.of(arguments[0]), Reader::sum);
            tell("copies", Path.of(arguments[0]), Reader::copy);
        }

        private static void tell(String what, Path path, ToLongFunction<MemorySegment> reading) throws IOException {
            new GgufWriter().tensor("a", Format.I8, new byte[BYTES], BYTES).write(path);
            try (GgufFile file = GgufFile.open(path)) {
                MemorySegment data = file.segment(file.tensors().getFirst());
                for (int i = 0; i < 10; i++) {
                    file.whileUnchanged(() -> reading.applyAsLong(data));
                }
                try (RandomAccessFile shorter = new RandomAccessFile(path.toFile(), "rw")) {
                    shorter.setLength(LEFT);
                }
                try {
                    file.whileUnchanged(() -> reading.applyAsLong(data));
                    System.out.println(what + ": nothing noticed");
                } catch (GgufException refused) {
                    System.out.println(
                            what + ": " + String.valueOf(refused.getMessage()).split(":", 2)[0]);
                }
            }
        }

        private static long sum(MemorySegment data) {
            long sum = 0;
            for (long at = 0; at < data.byteSize(); at += Long.BYTES) {
                sum += data.get(ValueLayout.JAVA_LONG_UNALIGNED, at);
            }
            return sum;
        }

        private static long copy(MemorySegment data) {
            byte[] some = new byte[1 << 16];
            for (long at = 0; at < data.byteSize(); at += some.length) {
                MemorySegment.copy(data, ValueLayout.JAVA_BYTE, at, some, 0, some.length);
            }
            return some[0];
        }
    }
}
