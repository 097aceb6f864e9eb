package dev.javelin.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JCuda with a library behind it that does what the driver would do, but in host memory. */
class BindingTest {

    @TempDir
    Path folder;

    @TempDir
    Path temporary;

    private List<String> says() throws Exception {
        Path library = FakeLibrary.compile(folder);
        return AnotherJvm.says(
                folder,
                Map.of("LD_LIBRARY_PATH", library.toString()),
                List.of(AnotherJvm.NATIVE_ACCESS, "-Djava.io.tmpdir=" + temporary),
                BindingInAnotherJvm.class);
    }

    @Test
    void everyFunctionDoesWhatItSays() throws Exception {
        assertThat(says())
                .containsExactly(
                        "jcuda [0, 12020, 1]",
                        "Fake GPU 0 [17179869184, 0000:01:00.0]",
                        "uuid [16, 15]",
                        "attribute [32, -101]",
                        "CUDA_ERROR_OUT_OF_MEMORY [out of memory, ]",
                        "without context [201]",
                        "context [0, 0, 8192]",
                        "ptxas fatal : no version []",
                        "bad module [-218]",
                        "no function [-500]",
                        "function [1004, 0]",
                        "too much [-2]",
                        "to [0]",
                        "launch [0]",
                        "copy [0]",
                        "zero [0]",
                        "capture [0]",
                        "launch [0]",
                        "graph [0, 0]",
                        "replay [0, 0]",
                        "back [0, 0]",
                        "numbers [1014, 1045]",
                        "numbers [0, 1002]",
                        "event [0, 0, 0]",
                        "nanos [250000]",
                        "garbage [0]",
                        "end [0, 0, 0, 0]",
                        "end [0, 0, 0]",
                        "end [0, 0]");
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void whatLiesInTheTemporaryFolderIsNotLoaded() throws Exception {
        Path planted = temporary.resolve("libJCudaDriver-12.6.0-linux-x86_64.so");
        Files.writeString(planted, "not a library");
        assertThat(says()).contains("numbers [1014, 1045]");
        try (var files = Files.list(temporary)) {
            assertThat(files).containsExactly(planted);
        }
    }
}
