package dev.javelin.runtime.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What callers see: inputs, errors, defaults. What templates can do stands in {@link Jinja2SnippetsTest}. */
class ChatTemplateTest {

    private static final List<Map<String, String>> CHAT =
            List.of(Map.of("role", "user", "content", "Hi"), Map.of("role", "assistant", "content", "Hello"));

    private static TemplateException failure(String template) {
        try {
            String rendered = ChatTemplate.parse(template).render(TemplateInput.of(CHAT));
            throw new AssertionError("no error but: " + rendered);
        } catch (TemplateException error) {
            return error;
        }
    }

    @Test
    void chatMlIsThereWhenChosen() {
        assertThat(ChatTemplate.chatMl().render(TemplateInput.of(CHAT).addGenerationPrompt(true)))
                .isEqualTo("""
                    <|im_start|>user
                    Hi<|im_end|>
                    <|im_start|>assistant
                    Hello<|im_end|>
                    <|im_start|>assistant
                    """);
    }

    @Test
    void aModelWithoutTemplateIsAnErrorThatNamesTheWaysOut() {
        assertThatThrownBy(() -> ChatTemplate.of(null, "tiny.gguf"))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("model=tiny.gguf")
                .hasMessageContaining("ChatTemplate.chatMl()");
        assertThat(ChatTemplate.of("{{ 1 }}", "tiny.gguf").render(TemplateInput.of(CHAT)))
                .isEqualTo("1");
    }

    @Test
    void whatIsNotGivenIsUndefinedAndNullIsNone() {
        ChatTemplate template = ChatTemplate.parse("{{ tools is defined }} {{ x is none }} {{ y is none }}");
        assertThat(template.render(TemplateInput.of(CHAT).variable("x", null))).isEqualTo("False True False");
    }

    @Test
    void errorsNameLineColumnAndTag() {
        TemplateException error = failure("one\n{% if true %}\n  two {{ 'a' + messages[0].nope }}\n{% endif %}");
        assertThat(error.kind()).isEqualTo(TemplateException.Kind.RENDER);
        assertThat(error.line()).isEqualTo(3);
        assertThat(error.column()).isEqualTo(14);
        assertThat(error.excerpt()).isEqualTo("{{ 'a' + messages[0].nope }}");
        assertThat(error)
                .hasMessage("chat template, line 3, column 14, in {{ 'a' + messages[0].nope }}: "
                        + "'nope' is undefined: a mapping has no such attribute or item");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "a{% if x %}b; 1; 5; SYNTAX; a block has no end: {% endif %} is missing",
                "{{ x|nope }}; 1; 6; SYNTAX; there is no filter named nope",
                "{{ x|random }}; 1; 6; SYNTAX; the filter random of Jinja is not supported in chat templates",
                "{{ x is nope }}; 1; 9; SYNTAX; there is no test named nope",
                "{% include 'x' %}; 1; 4; SYNTAX; a chat template stands alone: include is refused",
                "{{ 1 + }}; 1; 8; SYNTAX; `expected an expression, found }}`",
                "ab {{ 'x; 1; 7; SYNTAX; a string has no end: ' is missing",
                "ab {{ x; 1; 4; SYNTAX; a tag has no end: }} is missing",
                "{# x; 1; 1; SYNTAX; a comment has no end: #} is missing",
                "{% endif %}; 1; 4; SYNTAX; there is no tag to end here: 'endif'",
                "{{ raise_exception('roles must alternate') }}; 1; 19; RAISED; roles must alternate",
                "{{ messages.append(1) }}; 1; 19; RENDER; `append would change a list, which templates cannot; "
                        + "make a new one instead, such as list + [item]`",
                "{{ messages[0].content.split('') }}; 1; 29; RENDER; the separator of split must not be empty",
                "{{ nope() }}; 1; 8; RENDER; 'nope' is undefined",
                "{{ 1 < 'a' }}; 1; 6; RENDER; `< takes two numbers, two strings, two lists or two tuples: "
                        + "left=integer, right=string`",
                "{{ 'a' * 99999999 }}; 1; 8; LIMIT; a text may have at most 16000000 characters"
            })
    void errorsSayWhatIsWrong(String template, int line, int column, TemplateException.Kind kind, String reason) {
        TemplateException error = failure(template);
        assertThat(error.reason()).isEqualTo(reason);
        assertThat(error.kind()).isEqualTo(kind);
        assertThat(List.of(error.line(), error.column())).containsExactly(line, column);
    }

    @Test
    void excerptsOfLongTagsAreCut() {
        TemplateException error = failure("{{ '" + "x".repeat(5000) + "' + 1 + '" + "y".repeat(5000) + "' }}");
        assertThat(error.excerpt()).hasSizeLessThan(130).contains("x' + 1 + 'y");
    }

    @Test
    void theClockIsTheCallers() {
        Clock clock = Clock.fixed(Instant.parse("2024-07-26T23:30:00Z"), ZoneOffset.ofHours(2));
        assertThat(ChatTemplate.parse("{{ strftime_now('%d %b %Y %H:%M') }}")
                        .render(TemplateInput.of(CHAT).clock(clock)))
                .isEqualTo("27 Jul 2024 01:30");
    }

    @Test
    void limitsAreTheCallers() {
        ChatTemplate template = ChatTemplate.parse("{% for i in range(1000) %}x{% endfor %}");
        TemplateLimits limits = TemplateLimits.standard();
        assertThat(template.render(TemplateInput.of(CHAT), limits)).hasSize(1000);
        for (TemplateLimits low :
                List.of(limits.withSteps(500), limits.withTextChars(500), limits.withMemoryBytes(500))) {
            assertThatThrownBy(() -> template.render(TemplateInput.of(CHAT), low))
                    .asInstanceOf(InstanceOfAssertFactories.type(TemplateException.class))
                    .returns(TemplateException.Kind.LIMIT, TemplateException::kind);
        }
        assertThatThrownBy(() -> limits.withSteps(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void inputsAreCopied() {
        Map<String, Object> message = new LinkedHashMap<>(Map.of("role", "user", "content", "before"));
        TemplateInput input = TemplateInput.of(List.of(message));
        message.put("content", "after");
        assertThat(ChatTemplate.parse("{{ messages[0].content }}").render(input))
                .isEqualTo("before");
    }

    @Test
    void manyThreadsRenderWithOneTemplate() {
        ChatTemplate template =
                ChatTemplate.parse("{% set ns = namespace(t=0) %}{% macro m(x) %}<{{ x }}>{% endmacro %}"
                        + "{% for i in range(n) %}{% set ns.t = ns.t + i %}{{ m(i) }}{% endfor %}{{ ns.t }}");
        List<String> rendered = IntStream.range(0, 200)
                .parallel()
                .mapToObj(n -> template.render(TemplateInput.of(CHAT).variable("n", n % 50)))
                .toList();
        for (int n = 0; n < rendered.size(); n++) {
            assertThat(rendered.get(n)).endsWith(">".repeat(n % 50 == 0 ? 0 : 1) + (n % 50) * (n % 50 - 1) / 2);
        }
    }

    @Test
    void aConversationOfAHundredThousandTokensIsFarFromTheLimits() {
        List<Map<String, String>> messages = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            messages.add(Map.of(
                    "role", i % 2 == 0 ? "user" : "assistant", "content", "some words of a long talk ".repeat(100)));
        }
        String styles = JsonFile.resource("styles.json").get(1).get("template").textValue();
        ChatTemplate template = ChatTemplate.parse(styles);
        TemplateInput input = TemplateInput.of(messages).addGenerationPrompt(true);
        TemplateLimits tenth = new TemplateLimits(3_000_000, 1_600_000, 26 << 20);
        assertThat(template.render(input, tenth)).hasSizeGreaterThan(500_000);
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 50; i++) {
            long start = System.nanoTime();
            template.render(input);
            best = Math.min(best, System.nanoTime() - start);
        }
        System.out.printf(Locale.ROOT, "200 messages, 500 KB: %.2f ms%n", best / 1e6);
        assertThat(best).isLessThan(1_000_000_000L);
    }
}
