package dev.javelin.cli;

import static dev.javelin.cli.TerminalSession.BACKSPACE;
import static dev.javelin.cli.TerminalSession.CTRL_A;
import static dev.javelin.cli.TerminalSession.CTRL_B;
import static dev.javelin.cli.TerminalSession.CTRL_C;
import static dev.javelin.cli.TerminalSession.CTRL_D;
import static dev.javelin.cli.TerminalSession.CTRL_P;
import static dev.javelin.cli.TerminalSession.ENTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.javelin.tiny.TinyModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chat as somebody at a terminal drives it. */
final class ChatAtTerminalTest {
    private static final String PROMPT = ">>> ";

    /** Makes the answer long: the end token is in every prompt, hence punished. */
    private static final List<String> ENDLESS = List.of(
            "run", "tiny", "--threads", "1", "--temp", "0", "--repeat-penalty", "1000", "--repeat-last-n", "-1");

    @TempDir
    private Path folder;

    @BeforeEach
    void needsPty() throws Exception {
        assumeTrue(TerminalSession.isPossible(), "a pty needs /usr/bin/script of util-linux and env --default-signal");
    }

    @Test
    void editingHistoryAndTheEndOfInput() throws Exception {
        try (TerminalSession chat = open("run", "tiny", "--temp", "0")) {
            chat.await(PROMPT);
            chat.type("What is the capital of Frxnce?" + CTRL_B.repeat(4) + BACKSPACE + "a" + ENTER);
            chat.await("The capital of France is Paris.");
            chat.await(PROMPT);
            chat.type(CTRL_P + ENTER); // the last question, as it was edited
            chat.await("The capital of France is Paris.");
            chat.await(PROMPT);
            chat.type("nothing" + CTRL_A + CTRL_C);
            chat.await(PROMPT);
            chat.type(CTRL_C);
            chat.await("Ctrl-D or /bye ends.");
            chat.await(PROMPT);
            chat.type(CTRL_D);
            chat.await("exit=0");
        }
        Path history = folder.resolve(".local/state/javelin/history");
        assertThat(Files.readString(history)).contains("What is the capital of France?");
        assertThat(Files.getPosixFilePermissions(history)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void ctrlCStopsTheAnswerAndNotTheProgram() throws Exception {
        try (TerminalSession chat = open(endless())) {
            chat.await(PROMPT);
            chat.type("babble" + ENTER);
            chat.await("babble");
            chat.await("\n");
            chat.await(" "); // in the middle of the answer
            chat.type(CTRL_C);
            chat.await("(stopped)");
            chat.await(PROMPT);
            chat.type("/set repeat-penalty 1" + ENTER);
            chat.await(PROMPT);
            chat.type("/clear" + ENTER);
            chat.await("The chat begins anew.");
            chat.await(PROMPT);
            chat.type("What is the capital of France?" + ENTER);
            chat.await("Paris.");
            chat.await(PROMPT);
            chat.type("/bye" + ENTER);
            chat.await("exit=0");
        }
    }

    @Test
    void severalLinesAndCommands() throws Exception {
        Path saved = folder.resolve("chat.json");
        try (TerminalSession chat = open("run", "tiny", "--temp", "0")) {
            chat.await(PROMPT);
            chat.type("What is \\" + ENTER);
            chat.await("... ");
            chat.type("the capital of France?" + ENTER);
            chat.await(PROMPT);
            chat.type("\"\"\"" + ENTER + "What is the capital" + ENTER + "of France?" + ENTER + "\"\"\"" + ENTER);
            chat.await(PROMPT);
            chat.type("/save " + saved + ENTER);
            chat.await("4 messages are saved.");
            chat.await(PROMPT);
            chat.type("/clear" + ENTER);
            chat.await("The chat begins anew.");
            chat.await(PROMPT);
            chat.type("/load " + saved + ENTER);
            chat.await("after 4 messages.");
            chat.await(PROMPT);
            chat.type("/set ctx 256" + ENTER);
            chat.await(PROMPT);
            chat.type("/set" + ENTER);
            chat.await("ctx             256");
            chat.await(PROMPT);
            chat.type("/help" + ENTER);
            chat.await("/clear");
            chat.await(PROMPT);
            chat.type("/jump" + ENTER);
            chat.await("There is no /jump");
            chat.await(PROMPT);
            chat.type("/set temp hot" + ENTER);
            chat.await("must be a number");
            chat.await(PROMPT);
            chat.type("/load " + folder.resolve("none") + ENTER);
            chat.await("there is no such file: ");
            chat.await(PROMPT);
            chat.type("/set ctx 0" + ENTER);
            chat.await("the context must be at least 1");
            chat.await(PROMPT);
            chat.type(CTRL_D);
            chat.await("exit=0");
        }
        assertThat(ChatFile.load(saved.toString()))
                .extracting(message ->
                        message.role() + ": " + message.content().lines().count())
                .startsWith("user: 2")
                .hasSize(4);
    }

    @Test
    void aModelThatIsGoneAndARefusedFileKeepTheChat() throws Exception {
        Path model = folder.resolve("model.gguf");
        try (InputStream in = Objects.requireNonNull(TinyModel.class.getResourceAsStream("tiny-f16.gguf"))) {
            Files.copy(in, model);
        }
        Path foreign = Files.writeString(folder.resolve("foreign.json"), "{\"a\":[1]}");
        Files.createDirectories(folder.resolve(".local/state/javelin/history"));
        try (TerminalSession chat = open("run", model.toString(), "--temp", "0", "--system", "Be brief.")) {
            chat.await("There is no history");
            chat.await(PROMPT);
            chat.type("What is the capital of France?" + ENTER);
            chat.await("Paris");
            chat.await(PROMPT);
            chat.type("/load " + foreign + ENTER);
            chat.await("the chat must be a file that /save wrote");
            chat.await(PROMPT);
            Files.move(model, folder.resolve("moved.gguf"));
            chat.type("/set ctx 256" + ENTER);
            chat.await("model.gguf");
            chat.await(PROMPT);
            chat.type("/save " + folder.resolve("chat.json") + ENTER);
            chat.await("3 messages are saved.");
            chat.await(PROMPT);
            chat.type("/set system" + ENTER);
            chat.await(PROMPT);
            chat.type("/set" + ENTER);
            chat.await("system          none");
            chat.await(PROMPT);
            chat.type("/save " + folder.resolve("chat.json") + ENTER);
            chat.await("2 messages are saved.");
            chat.await(PROMPT);
            chat.type(CTRL_D);
            chat.await("exit=0");
        }
    }

    @Test
    void saysWhatToDoWhenTheContextIsFull() throws Exception {
        try (TerminalSession chat = open(endless("--ctx", "32"))) {
            chat.await(PROMPT);
            chat.type("Go on and on." + ENTER);
            chat.await("The context of 32 tokens is full");
            chat.await("/clear begins anew, /set ctx 64 makes room");
            chat.await(PROMPT);
            chat.type("More." + ENTER);
            chat.await("does not fit into the context");
            chat.await("/set ctx 64");
            chat.await(PROMPT);
            chat.type("/set ctx 512" + ENTER);
            chat.await(PROMPT);
            chat.type("/set repeat-penalty 1" + ENTER);
            chat.await(PROMPT);
            chat.type("/clear" + ENTER);
            chat.await("begins anew");
            chat.await(PROMPT);
            chat.type("What is the capital of France?" + ENTER);
            chat.await("Paris.");
            chat.await(PROMPT);
            chat.type(CTRL_D);
            chat.await("exit=0");
        }
    }

    @Test
    void thinkingIsDimmedAndNeverWithoutColours() throws Exception {
        Path template = Files.writeString(
                folder.resolve("thinks.jinja"),
                "{{ messages[0].content }}<think>\n",
                java.nio.charset.StandardCharsets.UTF_8);
        String[] command = {
            "run", "tiny", "--temp", "0", "--max-tokens", "3", "--chat-template", template.toString(), "hot"
        };
        try (TerminalSession shown = open(command)) {
            assertThat(shown.await("exit=0"))
                    .contains("\u001b[2m")
                    .contains("\u001b[0m")
                    .doesNotContain("<think>");
        }
        try (TerminalSession plain = open(Program.of(folder).with("NO_COLOR", "1"), command)) {
            assertThat(plain.await("exit=0")).contains("<think>", "</think>").doesNotContain("\u001b[2m");
        }
        Program.Ended piped = Program.of(folder).run(command);
        assertThat(piped.out()).contains("<think>").doesNotContain("\u001b");
    }

    @Test
    void ctrlCEndsASingleAnswer() throws Exception {
        try (TerminalSession session = open(endless("babble"))) {
            session.await("\n"); // the JDK's line about incubator modules
            session.type(CTRL_C);
            session.await("exit=130");
        }
    }

    private static String[] endless(String... more) {
        return Stream.concat(ENDLESS.stream(), Stream.of(more)).toArray(String[]::new);
    }

    private TerminalSession open(String... arguments) throws IOException {
        return open(Program.of(folder), arguments);
    }

    private static TerminalSession open(Program program, String... arguments) throws IOException {
        return TerminalSession.open(program, Program.distribution().resolve("bin/javelin"), arguments);
    }
}
