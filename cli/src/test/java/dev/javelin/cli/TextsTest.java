package dev.javelin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.javelin.api.JavelinException;
import dev.javelin.runtime.Message;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The small things that make texts. */
class TextsTest {
    @TempDir
    private Path folder;

    @Test
    void sizesHavePowersOfTenAndPoints() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(List.of(0L, 999L, 1000L, 1234L, 999_499L, 999_999L, 1_000_000_000L, 123_456_789_000L))
                    .extracting(Sizes::text)
                    .containsExactly("0 B", "999 B", "1.0 kB", "1.2 kB", "999 kB", "1.0 MB", "1.0 GB", "123 GB");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void nothingThatATerminalActsOnIsShown() {
        assertThat(Quoted.of("a\n\u001b[31m\"\\\u202e\u00e9\ud83d\ude00"))
                .isEqualTo("\"a\\n\\u{1b}[31m\\\"\\\\\\u{202e}\u00e9\ud83d\ude00\"");
        assertThat(Quoted.of(new byte[] {(byte) 0xC3})).isEqualTo("0xc3");
        assertThat(Quoted.of("grün".getBytes(StandardCharsets.UTF_8))).isEqualTo("\"grün\"");
        assertThat(Quoted.of("abcdef", 3)).isEqualTo("\"abc\"… (6 characters)");
    }

    @Test
    void tablesLineUp() {
        assertThat(new Table("a", "b").row("long", "x").row("y", "").lines())
                .containsExactly("a     b", "long  x", "y");
        assertThat(new Table().row("1", "2").lines()).containsExactly("1  2");
    }

    @Test
    void chatsAreSavedAndLoaded() throws Exception {
        List<Message> messages =
                List.of(Message.system("Kurz."), Message.user("Grüße \"世界\"\n"), Message.assistant("\ud83d\ude00"));
        String file = folder.resolve("chat.json").toString();
        ChatFile.save(file, messages);
        assertThat(ChatFile.load(file)).isEqualTo(messages);
        Files.writeString(
                Path.of(file), "{\"more\":[1,{}],\"messages\":[{\"role\":\"user\",\"x\":[],\"content\":\"a\"}]}");
        assertThat(ChatFile.load(file)).containsExactly(new Message("user", "a", Map.of()));
        for (String wrong :
                List.of("", "[]", "{\"messages\":1}", "{\"messages\":[{}]}", "{\"messages\":[{\"role\":1}]}", "{")) {
            Files.writeString(Path.of(file), wrong);
            assertThatThrownBy(() -> ChatFile.load(file))
                    .as(wrong)
                    .isInstanceOf(JavelinException.class)
                    .hasMessageContaining(file);
        }
    }
}
