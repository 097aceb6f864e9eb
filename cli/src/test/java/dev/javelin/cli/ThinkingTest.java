package dev.javelin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThinkingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = true,
            value = {
                "false | <think>a b</think>c        | a b    | c",
                "false | ' \n<think>a</think>'      | a      | ''",
                "false | <think>never ended         | never ended | ''",
                "false | <think>a</thin</think>b    | a</thin | b",
                "false | <thin                      | ''     | <thin",
                "false | <thinner>a</think>         | ''     | <thinner>a</think>",
                "false | hi <think>a</think>        | ''     | hi <think>a</think>",
                "false | <think></think><think>     | ''     | <think>",
                "true  | a</think>b                 | a      | b",
                "true  | a<                         | a<     | ''",
                "false | a < b and </think          | ''     | a < b and </think",
            })
    void tellsThePartsHoweverTheTextIsCut(boolean within, String text, String thought, String answer) {
        for (int first = 0; first <= text.length(); first++) {
            for (int second = first; second <= text.length(); second++) {
                List<String> pieces =
                        List.of(text.substring(0, first), text.substring(first, second), text.substring(second));
                assertThat(read(within, pieces)).as("pieces=%s", pieces).containsExactly(thought, answer);
            }
        }
    }

    @Test
    void holdsBackNoMoreThanATag() {
        long seed = 20261121;
        SplittableRandom random = new SplittableRandom(seed);
        Thinking thinking = new Thinking(true);
        int pushed = 0;
        int shown = 0;
        for (int i = 0; i < 2000; i++) {
            String piece = "</think".substring(0, random.nextInt(1, 7));
            pushed += piece.length();
            shown += thinking.push(piece).stream()
                    .mapToInt(part -> part.text().length())
                    .sum();
            assertThat(pushed - shown).as("seed=%d, piece=%d", seed, i).isBetween(0, Thinking.END.length() - 1);
        }
    }

    private static List<String> read(boolean within, List<String> pieces) {
        Thinking thinking = new Thinking(within);
        List<Thinking.Part> parts = new ArrayList<>();
        pieces.forEach(piece -> parts.addAll(thinking.push(piece)));
        parts.addAll(thinking.end());
        return List.of(text(parts, true), text(parts, false));
    }

    private static String text(List<Thinking.Part> parts, boolean thought) {
        return parts.stream()
                .filter(part -> part.thought() == thought)
                .map(Thinking.Part::text)
                .collect(Collectors.joining());
    }
}
