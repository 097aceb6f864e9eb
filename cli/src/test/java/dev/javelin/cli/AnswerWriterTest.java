package dev.javelin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AnswerWriterTest {

    @Test
    void aTerminalGetsNoControlCharactersAndAPipeAll() {
        assertThat(written("a\u001b[2J\r\tb\n", new Terminals(false, true, false, false)))
                .isEqualTo("a\\u{1b}[2J\\r\tb\n");
        assertThat(written("a\u001b[2J\r\tb\n", Terminals.NONE)).isEqualTo("a\u001b[2J\r\tb\n");
    }

    private static String written(String piece, Terminals terminals) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AnswerWriter writer = new AnswerWriter(
                new Screen(InputStream.nullInputStream(), out, new ByteArrayOutputStream(), terminals),
                true,
                null,
                false);
        writer.piece(piece);
        writer.end();
        return out.toString(StandardCharsets.UTF_8);
    }
}
