package dev.javelin.runtime.template;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Any text is rendered, or refused with a {@link TemplateException}; nothing else may happen. */
class TemplateFuzzTest {

    private static final TemplateLimits LIMITS = new TemplateLimits(200_000, 200_000, 16 << 20);

    private static final TemplateInput INPUT = JsonFile.input(JsonFile.resource("variables.json"));

    /** What the fuzzer begins with: our snippets, and templates in the styles of well-known ones. */
    static Stream<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (String resource : List.of("expected.json", "styles.json")) {
            for (JsonNode one : JsonFile.resource(resource)) {
                seeds.add(one.get("template").textValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return seeds.stream();
    }

    @MethodSource("seeds")
    @FuzzTest
    void anyTextIsRenderedOrRefused(byte[] bytes) {
        String template = new String(bytes, StandardCharsets.UTF_8);
        try {
            ChatTemplate.parse(template).render(INPUT, LIMITS);
        } catch (TemplateException refused) {
            String message = String.valueOf(refused.getMessage());
            if (refused.line() < 1 || refused.column() < 1 || !message.startsWith("chat template, line ")) {
                throw new AssertionError("a refusal says where: " + message, refused);
            }
        }
    }
}
