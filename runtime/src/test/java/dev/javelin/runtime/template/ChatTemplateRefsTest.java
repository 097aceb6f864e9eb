package dev.javelin.runtime.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.javelin.kernels.refs.Refs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every case of every template of the reference data: the exact prompt, or an error where there is one. */
@Tag("refs")
class ChatTemplateRefsTest {

    private static final Set<String> ABOUT_THE_CASE = Set.of("name", "expected", "error", "error_class");

    @Test
    void promptsEqualTheReference() throws IOException {
        Path folder = Refs.folder("chat-templates");
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
        List<String> failures = new ArrayList<>();
        int cases = 0;
        for (Path file : files) {
            JsonNode index = JsonFile.read(file);
            if (!index.has("cases")) {
                continue;
            }
            String name =
                    index.path("template").asText(file.getFileName().toString().replace(".json", ".jinja"));
            ChatTemplate template = ChatTemplate.parse(Files.readString(folder.resolve(name)));
            for (JsonNode one : index.get("cases")) {
                cases++;
                check(file.getFileName() + " " + one.path("name").asText(), template, input(index, one), one, failures);
            }
        }
        System.out.printf(Locale.ROOT, "chat-templates %d/%d%n", cases - failures.size(), cases);
        assertThat(failures).isEmpty();
        assertThat(cases).isPositive();
    }

    private static TemplateInput input(JsonNode index, JsonNode one) {
        TemplateInput input = TemplateInput.of(List.of());
        for (String token : List.of("bos_token", "eos_token")) {
            input = index.has(token) ? input.variable(token, JsonFile.value(index.get(token))) : input;
        }
        if (index.hasNonNull("strftime_now")) {
            LocalDateTime now =
                    LocalDateTime.parse(index.get("strftime_now").textValue().replace(' ', 'T'));
            input = input.clock(Clock.fixed(now.toInstant(ZoneOffset.UTC), ZoneOffset.UTC));
        }
        for (var variable : JsonFile.map(one).entrySet()) {
            if (!ABOUT_THE_CASE.contains(variable.getKey())) {
                input = input.variable(variable.getKey(), variable.getValue());
            }
        }
        return input;
    }

    private static void check(
            String name, ChatTemplate template, TemplateInput input, JsonNode one, List<String> failures) {
        String actual;
        try {
            actual = template.render(input);
        } catch (TemplateException error) {
            if (!one.has("error")) {
                failures.add(name + ": expected a prompt, failed with " + error.getMessage());
            }
            return;
        }
        if (one.has("error")) {
            failures.add(name + ": expected the error " + one.get("error") + ", got\n" + actual);
        } else if (!actual.equals(one.get("expected").textValue())) {
            failures.add(name + ": expected\n" + one.get("expected").textValue() + "\ngot\n" + actual);
        }
    }
}
