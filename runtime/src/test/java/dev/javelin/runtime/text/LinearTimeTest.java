package dev.javelin.runtime.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A megabyte of anything takes less than two seconds of the processor, on every pattern. */
class LinearTimeTest {

    private static final int MEGABYTE = 1 << 20;
    private static final long LIMIT_NANOS = 2_000_000_000L;
    private static final long SEED = 7;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    private static Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String unit :
                new String[] {" ", "a", "A", "7", "\n", "<", "'", "~", " \n", "_a", "<|end|>", "aaaa", "\u0000"}) {
            texts.put(unit, unit.repeat(MEGABYTE / unit.length()));
        }
        texts.put("han", "\u6F22".repeat(MEGABYTE / 3));
        texts.put("emoji", "\uD83D\uDE00".repeat(MEGABYTE / 4));
        texts.put("marks", "\u0301".repeat(MEGABYTE / 2));
        texts.put("wide spaces", "\u3000".repeat(MEGABYTE / 3));
        texts.put("half surrogates", "\uD800".repeat(MEGABYTE / 3));
        byte[] bytes = new byte[MEGABYTE];
        new Random(SEED).nextBytes(bytes);
        texts.put("random bytes", new String(bytes, StandardCharsets.UTF_8));
        StringBuilder letters = new StringBuilder();
        new Random(SEED).ints(MEGABYTE, 'a', 'z' + 1).forEach(c -> letters.append((char) c));
        texts.put("random letters", letters.toString());
        return texts;
    }

    private static Specs withSpecials(Specs specs) {
        return specs.token("<|end|>", TokenType.CONTROL)
                .token("aaaa", TokenType.USER_DEFINED)
                .token("aaaaaaaaaa", TokenType.USER_DEFINED)
                .token("\n\n\n", TokenType.USER_DEFINED);
    }

    private static Tokenizer tokenizer(String name) {
        if (name.equals("llama")) {
            Specs specs = withSpecials(Specs.sentencePiece());
            String blank = "\u2581";
            for (int i = 1; i <= 4; i++) {
                specs.token(blank.repeat(i), TokenType.NORMAL, i);
                specs.token("a".repeat(i) + "b", TokenType.NORMAL, i);
                specs.token("7".repeat(i), TokenType.NORMAL, -i);
            }
            return specs.make();
        }
        Specs specs = withSpecials(Specs.bytePair(name));
        return specs.merge("\u0120", "\u0120")
                .merge("\u0120\u0120", "\u0120\u0120")
                .merge("7", "7")
                .merge("A", "A")
                .merge("AA", "AA")
                .merge("t", "h")
                .merge("th", "e")
                .merge("\u00E6", "\u00BC")
                .make();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "llama",
                "gpt-2",
                "llama-bpe",
                "gpt-4o",
                "default",
                "deepseek-llm",
                "deepseek-v3",
                "afmoe",
                "tiny_aya",
                "bloom",
                "youtu"
            })
    void aMegabyteTakesLessThanTwoSeconds(String name) {
        Tokenizer tokenizer = tokenizer(name);
        texts().forEach((what, text) -> {
            long start = threads.getCurrentThreadCpuTime();
            int[] tokens = tokenizer.encode(text, EncodeOptions.PROMPT);
            long nanos = threads.getCurrentThreadCpuTime() - start;
            assertThat(tokens).isNotEmpty();
            assertThat(nanos).as("%s, text=%s, seed=%d", name, what, SEED).isLessThan(LIMIT_NANOS);
        });
    }
}
