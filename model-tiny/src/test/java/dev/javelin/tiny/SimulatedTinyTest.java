package dev.javelin.tiny;

import static org.assertj.core.api.Assertions.assertThat;

import dev.javelin.runtime.Chat;
import dev.javelin.runtime.GenerationOptions;
import dev.javelin.runtime.Model;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The model on a simulated GPU, which interprets the PTX that ships. */
class SimulatedTinyTest {

    /** The class loader has a list of backends of its own, so that no other test finds this one. */
    @Test
    void knowsACapital() throws IOException {
        URL list = Objects.requireNonNull(SimulatedTinyTest.class.getResource("simulated/"));
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {list}, before)) {
            thread.setContextClassLoader(loader);
            try (Model model = TinyModel.builder().device("simulated:0").load();
                    Chat chat = model.chat(GenerationOptions.GREEDY)) {
                assertThat(chat.ask("What is the capital of France?").text())
                        .isEqualTo("The capital of France is Paris.");
            }
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
