package dev.javelin.runtime.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.ThreadMXBean;
import dev.javelin.api.JavelinException;
import dev.javelin.kernels.refs.Refs;
import dev.javelin.runtime.model.KvFormats;
import dev.javelin.runtime.model.Transformer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Malformed files are refused when opened as models; the others of the reference data are read. */
@Tag("refs")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GgufRefsTest {

    private static final int CONTEXT = 64;
    private static final long MOST_BYTES = 64 << 20;
    private static final Duration MOST = Duration.ofSeconds(1);

    private int cases;
    private int passed;

    @TestFactory
    Stream<DynamicTest> malformedFiles() throws IOException {
        Path folder = Refs.folder("gguf");
        JsonNode index =
                new ObjectMapper().readTree(folder.resolve("index.json").toFile());
        List<DynamicTest> tests = new ArrayList<>();
        Path valid = folder.resolve(index.required("valid_file").textValue());
        openAsModel(valid); // loads the classes, which is not what is timed
        tests.add(dynamicTest("valid file", () -> {
            assertThat(openAsModel(valid)).isEqualTo("opened");
            passed++;
        }));
        for (JsonNode node : index.required("cases")) {
            Path file = folder.resolve(node.required("file").textValue());
            boolean mustReject = node.required("must_reject").booleanValue();
            tests.add(dynamicTest(node.required("what_is_wrong").textValue(), () -> {
                String answer = assertTimeoutPreemptively(MOST, () -> thriftily(() -> openAsModel(file)));
                if (mustReject) {
                    assertThat(answer).isNotEqualTo("opened").contains(file.toString());
                    assertThat(answer.lines()).hasSize(1);
                }
                passed++;
            }));
        }
        cases = tests.size();
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> soundFiles() {
        Path tiny = Refs.folder("models").resolve("../../tiny").normalize(); // lies beside the reference data, or not
        Stream<Path> all = Stream.of(Refs.folder("models"), Refs.folder("tokenizers"), tiny)
                .filter(Files::isDirectory)
                .flatMap(GgufRefsTest::ggufs);
        return all.map(path -> dynamicTest(String.valueOf(path.getFileName()), () -> {
            try (GgufFile file = GgufFile.open(path)) {
                assertThat(file.faults()).isEmpty();
                boolean whole = !file.tensors().isEmpty();
                assertThat(GgufModel.faults(file).isEmpty()).as("is a model").isEqualTo(whole);
            }
        }));
    }

    @AfterAll
    void tellCount() {
        if (cases > 0) {
            System.out.println(String.format(Locale.ROOT, "gguf %d/%d", passed, cases));
        }
    }

    /** The answer, after a check that it took little of the heap. */
    private static String thriftily(Supplier<String> question) {
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadAllocatedBytes();
        String answer = question.get();
        assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(MOST_BYTES);
        return answer;
    }

    /** What a user is told. */
    private static String openAsModel(Path path) {
        try (GgufModel model = GgufModel.open(path)) {
            Transformer.of(model.file(), CONTEXT, KvFormats.DEFAULT);
            return "opened";
        } catch (JavelinException refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    private static Stream<Path> ggufs(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".gguf")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
