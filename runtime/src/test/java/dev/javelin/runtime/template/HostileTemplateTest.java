package dev.javelin.runtime.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates that want too much end in one clear error, soon, and on a thread of ordinary size. */
class HostileTemplateTest {

    private static final TemplateInput INPUT = JsonFile.input(JsonFile.resource("variables.json"));

    /** Of the processor, as other builds may run at the same time. */
    private static final long MOST_CPU_MILLIS = 4_000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ 'a' * 1000000000 }}",
                "{{ 'a' * 9223372036854775807 }}",
                "{{ 'ab' * 10 ** 30 }}",
                "{{ [0] * 1000000000 }}",
                "{{ (1, 2) * 1000000000 }}",
                "{{ range(1000000000) }}",
                "{{ range(-9223372036854775807, 9223372036854775807) }}",
                "{{ 2 ** 1000000000 }}",
                "{{ 10 ** 10 ** 10 ** 10 ** 10 }}",
                "{{ 99 ** 99999 }}",
                "{{ 2.0 ** 99999 }}",
                "{{ '%1000000000s' % 'a' }}",
                "{{ '%.1000000000f' % 1.5 }}",
                "{{ '%.1000000000d' % 1 }}",
                "{{ '%*d' % (999999999, 1) }}",
                "{{ '{:1000000000}'.format('a') }}",
                "{{ '{:.1000000000f}'.format(1.5) }}",
                "{{ 'a'.ljust(1000000000) }}",
                "{{ 'a'.zfill(1000000000) }}",
                "{{ 'a'.center(1000000000) }}",
                "{{ 'a'|center(1000000000) }}",
                "{{ 'a'|indent(1000000000, true) }}",
                "{{ '\\t'.expandtabs(1000000000) }}",
                "{{ [1]|tojson(indent=1000000000) }}",
                "{{ [1]|batch(1000000000, 0)|list }}",
                "{{ [1]|batch(9223372036854775807, 0)|list }}",
                "{{ [1] * 9223372036854775807 }}",
                "{{ [1]|slice(1000000000)|list }}",
                "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
                "{% for a in range(99999) %}{% for b in range(99999) %}{{ a }}{% endfor %}{% endfor %}",
                "{% set n = namespace(s='ab') %}{% for i in range(99) %}{% set n.s = n.s ~ n.s %}{% endfor %}{{ n.s }}",
                "{% set n = namespace(s='ab') %}{% for i in range(99) %}{% set n.s = n.s + n.s %}{% endfor %}{{ n.s }}",
                "{% set n = namespace(s='ab') %}{% for i in range(99) %}{% set n.s = [n.s, n.s]|join %}{% endfor %}",
                "{% set n = namespace(s='a') %}{% for i in range(99) %}{% set n.s = n.s.replace('a', 'aaa') %}{%"
                        + " endfor %}",
                "{% set n = namespace(l=[1]) %}{% for i in range(99) %}{% set n.l = n.l + n.l %}{% endfor %}",
                "{% set n = namespace(l=[1]) %}{% for i in range(99) %}{% set n.l = [n.l, n.l] %}{% endfor %}{{ n.l }}",
                "{% set n = namespace(l=[1]) %}{% for i in range(99) %}{% set n.l = [n.l, n.l] %}{% endfor %}{{"
                        + " n.l|tojson }}",
                "{% set n = namespace(l=[1], m=[1]) %}{% for i in range(99) %}{% set n.l = [n.l, n.l] %}"
                        + "{% set n.m = [n.m, n.m] %}{% endfor %}{{ n.l == n.m }}",
                "{% set n = namespace(l=(1,), d=0) %}{% for i in range(99) %}{% set n.l = (n.l, n.l) %}{% endfor %}{{"
                        + " {n.l: 1} }}",
                "{% set n = namespace(l=[1]) %}{% for i in range(99999) %}{% set n.l = [n.l] %}{% endfor %}{{ n.l }}",
                "{% set n = namespace(l=[1]) %}{% for i in range(99999) %}{% set n.l = [n.l] %}{% endfor %}{{"
                        + " n.l|tojson }}",
                "{% set n = namespace(l=(1,)) %}{% for i in range(99999) %}{% set n.l = (n.l,) %}{% endfor %}{{ {n.l:"
                        + " 1} }}",
                "{% set n = namespace(g=nums) %}{% for i in range(99999) %}{% set n.g = n.g|select %}{% endfor %}{{"
                        + " n.g|list }}",
                "{% set n = namespace(g=nums) %}{% for i in range(99999) %}{% set n.g = n.g|map('string') %}{% endfor"
                        + " %}{{ n.g|list }}",
                "{% set n = namespace() %}{% set n.n = n %}{{ n }}",
                "{% set n = namespace() %}{% set n.n = [n] %}{{ n.n }}",
                "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
                "{% macro m(x) %}{% for i in [1] %}{% if true %}{{ m(x + [1]) }}{% endif %}{% endfor %}{% endmacro"
                        + " %}{{ m([]) }}",
                "{% macro m(n) %}{{ m(n - 1) ~ m(n - 1) if n > 0 }}{% endmacro %}{{ m(60) }}",
                "{% macro m() %}{% call m() %}{% endcall %}{{ caller }}{% endmacro %}{{ m() }}",
                "{% for i in [1] recursive %}{{ loop([1]) }}{% endfor %}",
                "{% macro a(f) %}{{ f(f) }}{% endmacro %}{{ a(a) }}",
                "{% for i in range(99999) %}{{ ('a' * 9999999)|length }}{% endfor %}",
                "{% set s = 'a' * 9999999 %}{% for i in range(99999) %}{{ ('a' * 30 ~ 'b') in s }}{% endfor %}",
                "{% set s = 'a' * 9999999 %}{% set t = 'a' * 4999999 ~ 'b' %}{% for i in range(999) %}{{ t in s }}{%"
                        + " endfor %}",
                "{% set s = 'a' * 9999999 %}{% for i in range(99999) %}{{ s.count('aaaaaaab') }}{% endfor %}",
                "{% set s = 'a' * 9999999 %}{% for i in range(99999) %}{{ s.rfind('baaaaaaaaaaaaaaaaaaaaaa') }}{%"
                        + " endfor %}",
                "{% set s = ' ' * 9999999 %}{% for i in range(99999) %}{{ s|trim }}{{ s.split() }}{% endfor %}",
                "{% set s = 'é😀' * 4999999 %}{% for i in range(99999) %}{{ s[-1] }}{{ s|length }}{% endfor %}",
                "{% set s = '😀' * 4999999 %}{% for i in range(99999) %}{{ s[::-1]|length }}{% endfor %}",
                "{% set s = 'a,' * 4999999 %}{% for i in range(99999) %}{{ s.split(',')|length }}{% endfor %}",
                "{% set s = '\\n' * 9999999 %}{% for i in range(99999) %}{{ s|indent }}{% endfor %}",
                "{% set s = '\\u0001' * 9999999 %}{% for i in range(99999) %}{{ s|tojson|length }}{% endfor %}",
                "{% set s = 'ß' * 9999999 %}{% for i in range(99999) %}{{ s|upper|length }}{{ s|title|length }}{%"
                        + " endfor %}",
                "{% set l = range(99999)|list %}{% for i in l %}{{ -1 in l }}{% endfor %}",
                "{% set l = range(99999)|list %}{% for i in l %}{{ (l|sort)[0] }}{{ l|unique|list|length }}{% endfor"
                        + " %}",
                "{% set l = range(99999)|list %}{% for i in l %}{{ l == l + [1] }}{{ l[::-1]|length }}{% endfor %}",
                "{% set n = 10 ** 4000 %}{% for i in range(99999) %}{{ n * n // 7 }}{% endfor %}",
                "{% set n = 10 ** 2000 %}{% for i in range(99999) %}{{ (n * n // 7)|string|length }}{% endfor %}",
                "{% for i in range(99999) %}{{ '%.1000f' % 1e308 }}{% endfor %}",
                "{% for i in range(99999) %}{{ '9' * 4000|int }}{{ ('9' * 4000)|int }}{% endfor %}",
                "{% for i in range(99999) %}{{ ('9' * 1999)|float }}{% endfor %}",
                "{{ '{0.a' ~ '.a' * 999999 ~ '}' }}{{ ('{0' ~ '[0]' * 999999 ~ '}').format('a') }}{{ 1 / 0 }}",
                "{{ ('{' * 99999).format(1) }}",
                "{{ ('%(' * 99999) % {} }}",
                "{{ ('%(' * 9999999) % {} }}"
            })
    void endsInOneClearErrorSoon(String template) throws InterruptedException {
        List<Throwable> errors = new ArrayList<>();
        AtomicLong nanos = new AtomicLong();
        // Half of the usual stack, so that depth is really bounded and not by overflow.
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        ChatTemplate.parse(template)
                                .render(INPUT, TemplateLimits.standard().withMemoryBytes(256 << 20));
                    } catch (Throwable error) {
                        errors.add(error);
                    }
                    nanos.set(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
                },
                "hostile",
                512 << 10);
        thread.start();
        thread.join(60_000);
        assertThat(thread.isAlive()).as("still running: %s", template).isFalse();
        assertThat(errors).as(template).singleElement().isInstanceOf(TemplateException.class);
        assertThat(errors.getFirst().getMessage()).doesNotContain("stack of this thread");
        assertThat(nanos.get() / 1_000_000).as("milliseconds of %s", template).isLessThan(MOST_CPU_MILLIS);
    }

    @Test
    void deepTemplatesAreRefused() {
        for (String[] parts : new String[][] {
            {"{{ ", "(", "1", ")", " }}"},
            {"{{ ", "[", "1", "]", " }}"},
            {"{{ ", "{1:", "1", "}", " }}"},
            {"{{ ", "not ", "1", "", " }}"},
            {"{{ ", "- ", "1", "", " }}"},
            {"{{ 1", "+1", "", "", " }}"},
            {"{{ x", ".a", "", "", " }}"},
            {"{{ x", "[0]", "", "", " }}"},
            {"{{ x", "()", "", "", " }}"},
            {"{{ x", "|list", "", "", " }}"},
            {"{{ x", " and x", "", "", " }}"},
            {"{{ x", "**x", "", "", " }}"},
            {"{{ x", " if x else x", "", "", " }}"},
            {"{{ x", " is in x", "", "", " }}"},
            {"", "{% if 1 %}", "", "{% endif %}", ""},
            {"", "{% for x in y %}", "", "{% endfor %}", ""},
            {"", "{% macro m() %}", "", "{% endmacro %}", ""},
            {"{% set ", "(", "x", ")", " = 1 %}"},
            {"{% for ", "(", "x", ")", " in y %}{% endfor %}"},
            {"{{ f(", "f(", "x", ")", ") }}"},
            {"{{ x[", "x[", "0", "]", "] }}"},
        }) {
            String template = parts[0] + parts[1].repeat(20_000) + parts[2] + parts[3].repeat(20_000) + parts[4];
            assertThatThrownBy(() -> ChatTemplate.parse(template).render(INPUT))
                    .as(parts[1])
                    .isInstanceOf(TemplateException.class)
                    .hasMessageNotContaining("stack of this thread");
        }
    }

    @Test
    void longChainsOfBranchesAreNotDeep() {
        String template = "{% if n == 1 %}a" + "{% elif n == 2 %}b".repeat(5000) + "{% else %}c{% endif %}";
        assertThat(ChatTemplate.parse(template).render(INPUT)).isEqualTo("c");
    }

    @Test
    void nothingOfJavaIsReachable() {
        for (String name :
                List.of("class", "getClass", "__class__", "hashCode", "toString", "wait", "chars", "length")) {
            for (String owner : List.of("'a'", "nums", "d", "n", "x", "range", "none", "namespace()", "loop")) {
                String template = "{% for i in [1] %}{{ (" + owner + ")." + name + " is defined }}{% endfor %}";
                String expected = owner.equals("loop") && name.equals("length") ? "True" : "False";
                assertThat(ChatTemplate.parse(template).render(INPUT))
                        .as(template)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void randomTokensAreRenderedOrRefused() {
        String[] pieces = ("{{|}}|{%|%}|{#|#}|{%-|-%}|{{-|-}}| |\n"
            + "|'|\"|a|x|n|s|d|nums|messages|0|1|2.5|-1|none|true|'ab'|+|-|*|/|//|%|**|~|(|)|[|]|{|}|==|!=|<|>=|=|.|:|,|if|elif|else|endif|for|in|endfor|set|endset|macro"
            + " m()|endmacro|call m()|endcall|filter"
            + " upper|endfilter|with|endwith|raw|endraw|is|not|and|or|defined|string|loop|loop.index|namespace()|range(3)|"
            + "break|continue|recursive|length|join|list|tojson|map('upper')|select|first|default(1)|.split()|.items()|[::-1]")
                .split("\\|");
        String[] all = Stream.concat(Arrays.stream(pieces), Stream.of("|")).toArray(String[]::new);
        long seed = 20250203;
        Random random = new Random(seed);
        TemplateLimits limits = new TemplateLimits(100_000, 100_000, 8 << 20);
        int rendered = 0;
        for (int round = 0; round < 50_000; round++) {
            StringBuilder template = new StringBuilder(random.nextBoolean() ? "{{ " : "{% ");
            int length = 1 + random.nextInt(14);
            for (int i = 0; i < length; i++) {
                template.append(all[random.nextInt(all.length)]).append(random.nextInt(3) == 0 ? "" : " ");
            }
            template.append(random.nextBoolean() ? "}}" : "%}");
            try {
                ChatTemplate.parse(template.toString()).render(INPUT, limits);
                rendered++;
            } catch (TemplateException refused) {
                assertThat(refused.line()).isPositive();
            } catch (RuntimeException | StackOverflowError broken) {
                throw new AssertionError("seed=" + seed + ", round=" + round + ", template=" + template, broken);
            }
        }
        assertThat(rendered).as("seed=%d", seed).isGreaterThan(100);
    }

    @Test
    void valuesOfTheCallerAreCheckedWhenGiven() {
        List<Object> self = new ArrayList<>();
        self.add(self);
        assertThatThrownBy(() -> TemplateInput.of(List.of()).variable("x", self))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name=x");
        assertThatThrownBy(() -> TemplateInput.of(List.of()).variable("x", new Object()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.Object");
        assertThatThrownBy(() -> TemplateInput.of(List.of()).variable("x", Map.of(1, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("key=1");
    }
}
