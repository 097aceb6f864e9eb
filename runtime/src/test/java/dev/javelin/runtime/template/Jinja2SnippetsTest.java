package dev.javelin.runtime.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our own snippets against what Jinja2 made of them; {@code make_expected.py} beside the snippets says how. */
class Jinja2SnippetsTest {

    private static final Clock NOW = Clock.fixed(Instant.parse("2025-02-03T14:05:06Z"), ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource({"expected.json, 300", "styles.json, 9"})
    void snippetsRenderAsInJinja2(String resource, int least) {
        JsonNode cases = JsonFile.resource(resource);
        TemplateInput input =
                JsonFile.input(JsonFile.resource("variables.json")).clock(NOW);
        List<String> failures = new ArrayList<>();
        for (JsonNode one : cases) {
            String template = one.get("template").textValue();
            String expected =
                    one.has("error") ? "an error" : one.get("expected").textValue();
            String actual;
            String message = "";
            try {
                actual = ChatTemplate.parse(template).render(input);
            } catch (TemplateException error) {
                actual = "an error";
                message = error.getMessage();
            }
            if (!actual.equals(expected)) {
                failures.add("%s%n  expected %s %s%n  actual   %s %s"
                        .formatted(template, expected, one.path("error").asText(), actual, message));
            }
        }
        System.out.printf(Locale.ROOT, "jinja2 %s %d/%d%n", resource, cases.size() - failures.size(), cases.size());
        assertThat(failures).isEmpty();
        assertThat(cases).hasSizeGreaterThanOrEqualTo(least);
    }
}
