package dev.javelin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.javelin.kernels.refs.Refs;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every bad file of the reference data, given to the program. */
@Tag("refs")
final class BadRefsFilesTest {
    @TempDir
    private Path home;

    @Test
    void eachIsRefusedInOneSentence() throws Exception {
        Path folder = Refs.folder("gguf");
        int refused = 0;
        int cases = 0;
        for (JsonNode bad : new ObjectMapper()
                .readTree(folder.resolve("index.json").toFile())
                .get("cases")) {
            if (bad.path("must_reject").asBoolean()) {
                cases++;
                String name = bad.get("file").asText();
                Program.Ended ended =
                        Program.of(home).run("run", folder.resolve(name).toString(), "hi");
                assertThat(ended.err())
                        .as(name)
                        .singleElement()
                        .asString()
                        .startsWith("javelin: ")
                        .contains(name);
                assertThat(ended.out()).as(name).isEmpty();
                assertThat(ended.code()).as(name).isEqualTo(ExitCode.FAILURE);
                refused++;
            }
        }
        System.out.println("bad files at the command line " + refused + "/" + cases);
        assertThat(refused).isPositive().isEqualTo(cases);
    }
}
