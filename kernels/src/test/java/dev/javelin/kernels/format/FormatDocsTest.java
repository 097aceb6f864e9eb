package dev.javelin.kernels.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.javelin.api.Format;
import dev.javelin.kernels.refs.Refs;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of docs/formats says the same as the code, and its links lead to a section about the format. */
class FormatDocsTest {

    private static final Path FOLDER = Refs.repository().resolve("docs/formats");
    private static final Pattern ROW = Pattern.compile("\\| \\[(\\w+)\\]\\(([^)#]+)(#[^)]+)?\\) \\| (.*) \\|");

    @Test
    void theTableHasEveryFormat() throws IOException {
        List<String> rows =
                rows().map(row -> row.group(1) + " | " + row.group(4)).toList();
        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Format.values())
                        .map(FormatDocsTest::expectedRow)
                        .toList());
    }

    @Test
    void theLinksLeadToSections() throws IOException {
        for (Matcher row : rows().toList()) {
            String page = Files.readString(FOLDER.resolve(row.group(2)));
            String name = row.group(1);
            if (row.group(3) == null) {
                assertThat(page).contains(name);
            } else {
                assertThat(row.group(3)).isEqualTo("#" + name.toLowerCase(Locale.ROOT));
                assertThat(page).contains("\n## " + name + "\n");
            }
        }
    }

    private static Stream<Matcher> rows() throws IOException {
        return Files.readString(FOLDER.resolve("README.md"))
                .lines()
                .map(ROW::matcher)
                .filter(Matcher::matches);
    }

    private static String expectedRow(Format format) {
        String bits =
                BigDecimal.valueOf(format.bitsPerElement()).stripTrailingZeros().toPlainString();
        String use = format.storageOnly() ? "stores" : Codecs.of(format).encodes() ? "reads, writes" : "reads";
        return "%s | %d | %d | %d | %s | %s"
                .formatted(format, format.ggufId(), format.blockLength(), format.blockBytes(), bits, use);
    }
}
