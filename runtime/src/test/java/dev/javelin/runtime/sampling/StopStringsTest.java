package dev.javelin.runtime.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class StopStringsTest {

    @Test
    void aStopStringAcrossPiecesEndsTheText() {
        StopMatcher matcher = StopStrings.of(List.of("</s>", "END")).matcher();
        assertThat(matcher.push("Hello <")).isEqualTo("Hello ");
        assertThat(matcher.push("/")).isEmpty();
        assertThat(matcher.push("b> E")).isEqualTo("</b> ");
        assertThat(matcher.push("N")).isEmpty();
        assertThat(matcher.stopped()).isFalse();
        assertThat(matcher.push("D and more")).isEmpty();
        assertThat(matcher.stopped()).isTrue();
        assertThat(matcher.matched()).hasValue("END");
        assertThat(matcher.push("ignored")).isEmpty();
        assertThat(matcher.end()).isEmpty();
    }

    @Test
    void theEndReleasesWhatWasHeldBack() {
        StopMatcher matcher = StopStrings.of(List.of("abcd")).matcher();
        assertThat(matcher.push("xxabc")).isEqualTo("xx");
        StopMatcher fork = matcher.fork();
        assertThat(matcher.end()).isEqualTo("abc");
        assertThat(matcher.matched()).isEmpty();
        assertThat(fork.push("d")).isEmpty();
        assertThat(fork.stopped()).isTrue();
    }

    @Test
    void theFirstToBeCompleteWinsAndOfThoseTheLongest() {
        assertThat(run(List.of("abcdef", "cd"), "xabcdef")).isEqualTo("xab|cd");
        assertThat(run(List.of("c", "abc", "bc"), "xabcd")).isEqualTo("x|abc");
        assertThat(run(List.of("ab", "abc"), "xabc")).isEqualTo("x|ab");
    }

    @Test
    void withoutStopStringsTextPasses() {
        StopMatcher matcher = StopStrings.of(List.of()).matcher();
        assertThat(matcher.push("anything")).isEqualTo("anything");
        assertThat(matcher.push("")).isEmpty();
        assertThat(matcher.end()).isEmpty();
    }

    @Test
    void anyPiecesGiveTheTextThatASearchGives() {
        for (long seed = 0; seed < 20_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            String letters = random.nextBoolean() ? "ab" : "ab\uD83D\uDE00\uD83D\uDE01";
            List<String> strings = new ArrayList<>();
            for (int i = random.nextInt(1, 5); i > 0; i--) {
                strings.add(text(random, letters, random.nextInt(1, 7)));
            }
            String text = text(random, letters, random.nextInt(30));
            StopMatcher matcher = StopStrings.of(strings).matcher();
            StringBuilder shown = new StringBuilder();
            for (int at = 0; at < text.length(); ) {
                int to = Math.min(text.length(), at + random.nextInt(1, 6));
                shown.append(matcher.push(text.substring(at, to)));
                at = to;
            }
            shown.append(matcher.end());
            matcher.matched().ifPresent(string -> shown.append('|').append(string));
            assertThat(shown.toString())
                    .as("seed %d, %s in %s", seed, strings, text)
                    .isEqualTo(search(strings, text));
        }
    }

    @Test
    void noTextIsSlow() {
        String many = "a".repeat(100_000);
        StopMatcher matcher =
                StopStrings.of(List.of(many + "b", "a".repeat(50_000) + "c")).matcher();
        int shown = Assertions.assertTimeout(Duration.ofSeconds(5), () -> {
            int length = 0;
            for (int i = 0; i < 1_000_000; i++) {
                length += matcher.push("a").length();
            }
            return length + matcher.push("b" + "a".repeat(99_999)).length();
        });
        assertThat(shown).isEqualTo(900_000);
        assertThat(matcher.stopped()).isTrue();
    }

    @Test
    void stringsThatCannotStopAreRefused() {
        assertThatThrownBy(() -> StopStrings.of(List.of("a", ""))).hasMessageContaining("empty: index=1");
        assertThatThrownBy(() -> StopStrings.of(List.of("a\uD83D"))).hasMessageContaining("surrogate");
        assertThatThrownBy(() -> StopStrings.of(List.of("\uDE00"))).hasMessageContaining("surrogate");
        assertThatThrownBy(() -> StopStrings.of(List.of("a".repeat(1 << 20), "b")))
                .hasMessageContaining("characters=1048577");
    }

    private static String run(List<String> strings, String text) {
        assertThat(search(strings, text)).isNotEmpty();
        StopMatcher matcher = StopStrings.of(strings).matcher();
        String shown = matcher.push(text) + matcher.end();
        return shown + "|" + matcher.matched().orElse("");
    }

    /** For each end in turn, the longest string that ends there. */
    private static String search(List<String> strings, String text) {
        for (int end = 1; end <= text.length(); end++) {
            String longest = "";
            for (String string : strings) {
                if (text.substring(0, end).endsWith(string) && string.length() > longest.length()) {
                    longest = string;
                }
            }
            if (!longest.isEmpty()) {
                return text.substring(0, end - longest.length()) + "|" + longest;
            }
        }
        return text;
    }

    private static String text(SplittableRandom random, String letters, int length) {
        int[] points = letters.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return text.toString();
    }
}
