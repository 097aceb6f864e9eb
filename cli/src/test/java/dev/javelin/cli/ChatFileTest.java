package dev.javelin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.javelin.api.JavelinException;
import dev.javelin.runtime.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatFileTest {
    @TempDir
    private Path folder;

    @Test
    void whatIsSavedIsLoaded() {
        String file = folder.resolve("chat.json").toString();
        ChatFile.save(file, List.of(Message.system("Be brief.")));
        assertThat(ChatFile.load(file)).extracting(Message::content).containsExactly("Be brief.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"a\":[1]}",
                "{\"messages\":[]} garbage",
                "{\"messages\":[{\"role\":\"user\"},5]}",
                "{\"messages\":[{\"role\":\"user\"",
            })
    void foreignFilesAreRefused(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("foreign.json"), text);
        assertThatThrownBy(() -> ChatFile.load(file.toString()))
                .isInstanceOf(JavelinException.class)
                .hasMessage("the chat must be a file that /save wrote: file=" + file);
    }

    @Test
    void foldersAndMissingFilesAreRefused() {
        assertThatThrownBy(() -> ChatFile.load(folder.toString())).hasMessageContaining("must be a regular file");
        assertThatThrownBy(() -> ChatFile.load(folder.resolve("none").toString()))
                .hasMessageContaining("there is no such file");
    }
}
