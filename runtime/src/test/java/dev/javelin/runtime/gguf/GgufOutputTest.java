package dev.javelin.runtime.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.javelin.api.Format;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GgufOutputTest {

    @TempDir
    Path folder;

    @Test
    void whatIsWrittenCanBeRead() {
        Path file = folder.resolve("all.gguf");
        GgufOutput output = sound().string("text", "größer \u2192 \uD83D\uDE00")
                .uint32("most", 0xFFFF_FFFFL)
                .float32("number", -0.25f)
                .bool("yes", true)
                .bool("no", false)
                .strings("texts", List.of("", "a", "\u0120b"))
                .strings("none", List.of())
                .ints("numbers", 1, -2, Integer.MIN_VALUE);
        output.write(file, GgufOutput.Listener.NONE);

        try (GgufFile read = GgufFile.open(file)) {
            GgufMetadata metadata = read.metadata();
            assertThat(metadata.keys())
                    .containsExactly(
                            "general.architecture", "text", "most", "number", "yes", "no", "texts", "none", "numbers");
            assertThat(metadata.string("text")).isEqualTo("größer \u2192 \uD83D\uDE00");
            assertThat(metadata.integer("most")).isEqualTo(0xFFFF_FFFFL);
            assertThat(metadata.number("number")).isEqualTo(-0.25);
            assertThat(metadata.bool("yes")).isTrue();
            assertThat(metadata.bool("no")).isFalse();
            assertThat(metadata.strings("texts").size()).isEqualTo(3);
            assertThat(metadata.strings("texts").get(2)).isEqualTo("\u0120b");
            assertThat(metadata.strings("none").size()).isZero();
            assertThat(metadata.ints("numbers")).containsExactly(1, -2, Integer.MIN_VALUE);
            assertThat(read.version()).isEqualTo(3);
            assertThat(read.faults()).isEmpty();
            assertThat(read.bytes()).isEqualTo(output.bytes());
            assertThat(read.tensors())
                    .extracting(GgufTensor::name, GgufTensor::format, GgufTensor::dims)
                    .containsExactly(
                            tuple("matrix", Format.Q8_0, List.of(32L, 3L)), tuple("vector", Format.F32, List.of(2L)));
            assertThat(bytes(read, "matrix")).containsOnly(7).hasSize(3 * 34);
            assertThat(bytes(read, "vector")).containsOnly(9).hasSize(8);
        }
    }

    @Test
    void nothingHasTheNameBeforeItIsComplete() throws IOException {
        Path file = folder.resolve("late.gguf");
        List<Long> done = new ArrayList<>();
        sound().write(file, (bytesDone, bytesTotal) -> {
            done.add(bytesDone);
            assertThat(file).doesNotExist();
            assertThat(bytesTotal).isEqualTo(sound().bytes());
        });
        assertThat(done).isSorted().last().isEqualTo(Files.size(file));
        assertThat(left()).containsExactly(file);
    }

    @Test
    void cancellingLeavesNothing() throws IOException {
        List<Long> done = new ArrayList<>();
        GgufOutput.Listener cancelling = new GgufOutput.Listener() {
            @Override
            public void progress(long bytesDone, long bytesTotal) {
                done.add(bytesDone);
            }

            @Override
            public boolean cancelled() {
                return done.size() == 2;
            }
        };
        assertThatThrownBy(() -> sound().write(folder.resolve("no.gguf"), cancelling))
                .isInstanceOf(WriteCancelledException.class)
                .hasMessageContaining("bytesDone=" + done.getLast());
        assertThat(left()).isEmpty();
    }

    @Test
    void aFileThatExistsStays() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.gguf"), "mine");
        assertThatThrownBy(() -> write(sound(), file))
                .isInstanceOf(GgufException.class)
                .hasMessageContaining("delete it or choose another name")
                .hasMessageContaining("mine.gguf");
        assertThat(file).hasContent("mine");
        assertThat(left()).containsExactly(file);
    }

    @Test
    void aFileThatComesIntoBeingMeanwhileStays() throws IOException {
        Path file = folder.resolve("mine.gguf");
        GgufOutput.Listener racing = (done, total) -> {
            try {
                Files.writeString(file, "mine");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        assertThatThrownBy(() -> sound().write(file, racing))
                .isInstanceOf(GgufException.class)
                .hasMessageContaining("delete it or choose another name");
        assertThat(file).hasContent("mine");
        assertThat(left()).containsExactly(file);
    }

    @Test
    void aFolderThatIsNoneIsRefused() {
        assertThatThrownBy(() -> write(sound(), folder.resolve("none").resolve("a.gguf")))
                .isInstanceOf(GgufException.class)
                .hasMessageContaining("the folder must exist: folder=" + folder.resolve("none") + "; create it");
    }

    @Test
    void aDiskWithoutRoomIsRefusedBeforeAnythingIsWritten() throws IOException {
        GgufOutput large = sound().tensor("large", Format.F32, List.of(1L << 40, 1L << 18), sink -> {
            throw new AssertionError("data asked for");
        });
        assertThatThrownBy(() -> write(large, folder.resolve("large.gguf")))
                .isInstanceOf(GgufException.class)
                .hasMessageContaining("the disk must have room for the file: needed=1152921504606")
                .hasMessageContaining("free=");
        assertThat(left()).isEmpty();
    }

    /** No system takes a name that long; most fail in the same place where rights are lacking. */
    @Test
    void whatTheSystemRefusesIsToldAndLeavesNothing() throws IOException {
        Path file = folder.resolve("x".repeat(5000));
        assertThatThrownBy(() -> write(sound(), file))
                .isInstanceOf(GgufException.class)
                .hasMessageContaining("could not be written")
                .hasCauseInstanceOf(IOException.class);
        assertThat(left()).isEmpty();
    }

    @Test
    void dataMustBeAsLongAsTheFormatNeeds() throws IOException {
        for (int size : new int[] {0, 33, 35, 68}) {
            GgufOutput wrong =
                    new GgufOutput().tensor("wrong", Format.Q8_0, List.of(32L), sink -> sink.write(filled(size, 1)));
            assertThatThrownBy(() -> write(wrong, folder.resolve("wrong.gguf")))
                    .as("size=%d", size)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("tensor=wrong, expected=34");
        }
        assertThat(left()).isEmpty();
    }

    @Test
    void callersMistakesAreRefusedAtOnce() {
        GgufOutput output = sound();
        assertRefused(() -> output.string("general.architecture", "again"), "key=general.architecture");
        assertRefused(() -> output.string("", "empty"), "key=");
        assertRefused(() -> output.uint32("negative", -1), "value=-1");
        assertRefused(() -> output.uint32("large", 1L << 32), "value=4294967296");
        assertRefused(() -> tensor(output, "matrix", 32), "tensor=matrix");
        assertRefused(() -> tensor(output, "", 32), "tensor=");
        assertRefused(() -> tensor(output, "n".repeat(64), 32), "1 to 63 bytes");
        assertRefused(() -> tensor(output, "part", 33), "rows must be whole blocks");
        assertRefused(() -> tensor(output, "none"), "dims=[]");
        assertRefused(() -> tensor(output, "empty", 32, 0), "dims=[32, 0]");
        assertRefused(() -> tensor(output, "many", 32, 1, 1, 1, 1), "dims=[32, 1, 1, 1, 1]");
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }

    private static GgufOutput tensor(GgufOutput output, String name, long... dims) {
        return output.tensor(name, Format.Q8_0, Arrays.stream(dims).boxed().toList(), sink -> {});
    }

    /** The data of the matrix come in two pieces. */
    private static GgufOutput sound() {
        return new GgufOutput()
                .string("general.architecture", "none")
                .tensor("matrix", Format.Q8_0, List.of(32L, 3L), sink -> {
                    sink.write(filled(34, 7));
                    sink.write(filled(68, 7));
                })
                .tensor("vector", Format.F32, List.of(2L), sink -> sink.write(filled(8, 9)));
    }

    private static void write(GgufOutput output, Path file) {
        output.write(file, GgufOutput.Listener.NONE);
    }

    private static MemorySegment filled(int size, int value) {
        return MemorySegment.ofArray(new byte[size]).fill((byte) value);
    }

    private static byte[] bytes(GgufFile file, String name) {
        return file.segment(file.tensor(name).orElseThrow()).toArray(ValueLayout.JAVA_BYTE);
    }

    private List<Path> left() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
