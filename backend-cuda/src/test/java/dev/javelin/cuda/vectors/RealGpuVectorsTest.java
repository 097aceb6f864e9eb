package dev.javelin.cuda.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.javelin.cuda.Installed;
import dev.javelin.cuda.driver.Cuda;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * The same vectors on the first GPU of this machine, skipped where there is none. With the system property
 * {@code javelin.vectors.out}, a path, it writes what the GPU answered in the form of the file of vectors.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealGpuVectorsTest {
    private @Nullable VectorRun run;

    @BeforeAll
    void open() {
        Cuda cuda = Installed.orSkip();
        run = new VectorRun(cuda, 0);
    }

    @AfterAll
    void close() {
        if (run != null) {
            run.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> vectors() {
        VectorRun opened = run;
        if (opened == null) {
            return Stream.empty();
        }
        return VectorFile.vectors().stream()
                .map(vector -> DynamicTest.dynamicTest(vector.instruction(), () -> {
                    assumeTrue(vector.architecture() <= opened.architecture(), "the GPU is older");
                    List<List<Long>> seen = opened.run(vector);
                    write(vector.seen(seen));
                    assertThat(VectorCheck.differences(vector, seen)).isEmpty();
                }));
    }

    private static void write(Vector seen) throws IOException {
        String path = System.getProperty("javelin.vectors.out", "");
        if (!path.isEmpty()) {
            Files.writeString(Path.of(path), seen.text(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }
}
