package dev.javelin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LineInputTest {

    @Test
    void aQuestionGoesOnAfterABackslashAndBetweenQuotes() {
        assertThat(LineInput.goesOn("one line")).isFalse();
        assertThat(LineInput.goesOn("it's \"quoted\" and (open")).isFalse();
        assertThat(LineInput.goesOn("first \\")).isTrue();
        assertThat(LineInput.goesOn("first \\\nsecond")).isFalse();
        assertThat(LineInput.goesOn("\"\"\"")).isTrue();
        assertThat(LineInput.goesOn("\"\"\"a\nb")).isTrue();
        assertThat(LineInput.goesOn("\"\"\"a\nb\"\"\"")).isFalse();
    }

    @Test
    void marksOfSeveralLinesAreNoPartOfTheQuestion() {
        assertThat(LineInput.plain("one line")).isEqualTo("one line");
        assertThat(LineInput.plain("first \\\nsecond")).isEqualTo("first \nsecond");
        assertThat(LineInput.plain("\"\"\"\na\nb\n\"\"\"")).isEqualTo("a\nb");
        assertThat(LineInput.plain("C:\\temp")).isEqualTo("C:\\temp");
    }
}
