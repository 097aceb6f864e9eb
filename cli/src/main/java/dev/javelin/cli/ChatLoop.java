package dev.javelin.cli;

import dev.javelin.api.JavelinException;
import dev.javelin.runtime.Message;
import dev.javelin.runtime.ModelBuilder;
import dev.javelin.runtime.StopReason;
import dev.javelin.runtime.UserFolders;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Talks with somebody at a terminal until the end of input or {@code /bye}. For one thread. */
final class ChatLoop {
    private static final List<String> COMMANDS = List.of("/help", "/clear", "/set", "/save", "/load", "/bye");

    private static final List<String> HELP = List.of(
            "/clear            forget the chat so far",
            "/set NAME VALUE   change a setting",
            "/set              show the settings",
            "/save FILE        write the chat to a file",
            "/load FILE        go on with the chat in a file",
            "/bye              end; so does Ctrl-D",
            "",
            "Ctrl-C stops an answer. For a question of several lines end a line with \\,",
            "press Alt-Enter, paste, or put \"\"\" before the first and after the last line.",
            "A line that begins with a space is a question, not a command.");

    private final Screen screen;
    private final ModelName name;
    private final ModelBuilder builder;
    private final ChatSettings settings;

    ChatLoop(Screen screen, ModelName name, ModelBuilder builder, ChatSettings settings) {
        this.screen = screen;
        this.name = name;
        this.builder = builder;
        this.settings = settings;
    }

    int run() {
        UserFolders folders = UserFolders.ofUser();
        AtomicReference<@Nullable ChatSession> open = new AtomicReference<>();
        try (ChatSession session = new ChatSession(screen, builder, settings);
                LineInput input = LineInput.open(folders.state(), COMMANDS, screen::line, () -> stop(open.get()))) {
            session.model().chatTemplate(); // a model without one is refused before anything is typed
            open.set(session);
            screen.line("%s on %s. Ask, or type /help; Ctrl-D ends."
                    .formatted(name.text(), session.model().device().id()));
            while (talk(session, input)) {}
            return ExitCode.OK;
        } catch (IOException e) {
            throw new JavelinException("the terminal must be usable: " + e.getMessage(), e);
        }
    }

    private static void stop(@Nullable ChatSession session) {
        if (session != null) {
            session.stop();
        }
    }

    /** One question or command; false to end. */
    private boolean talk(ChatSession session, LineInput input) {
        try {
            String typed = input.read();
            if (typed == null || typed.strip().equals("/bye")) {
                return false;
            }
            if (typed.startsWith("/")) {
                obey(session, typed.strip());
            } else if (!typed.isBlank()) {
                ask(session, typed);
            }
        } catch (LineInput.Interrupted interrupted) {
            if (interrupted.empty) {
                screen.line("Ctrl-D or /bye ends.");
            }
        } catch (JavelinException | IllegalArgumentException wrong) {
            screen.line(Failures.oneLine(wrong.getMessage()));
        }
        return true;
    }

    private void ask(ChatSession session, String question) {
        RunReport report;
        try {
            report = session.ask(question);
        } catch (IllegalArgumentException tooLong) {
            screen.line(Failures.oneLine(tooLong.getMessage()) + ".");
            screen.line(wayOut(session));
            return;
        }
        StopReason reason = report.generation().stopReason();
        if (reason == StopReason.CANCELLED) {
            screen.line("(stopped)");
        } else if (reason == StopReason.CONTEXT_FULL) {
            screen.line(String.format(
                    Locale.ROOT,
                    "The context of %d tokens is full, so the answer is cut.",
                    session.model().context()));
            screen.line(wayOut(session));
        }
        if (session.settings().verbose()) {
            screen.lines(report.lines());
        }
    }

    private static String wayOut(ChatSession session) {
        return String.format(
                Locale.ROOT,
                "/clear begins anew, /set ctx %d makes room and keeps the chat, /save FILE writes it down.",
                2 * session.model().context());
    }

    private void obey(ChatSession session, String typed) {
        String[] words = typed.split("\\s+", 3);
        switch (words[0]) {
            case "/help" -> screen.lines(HELP);
            case "/clear" -> {
                session.clear();
                screen.line("The chat begins anew.");
            }
            case "/set" -> set(session, words);
            case "/save" -> {
                List<Message> messages = session.messages();
                ChatFile.save(file(typed), messages);
                screen.line("%d messages are saved.".formatted(messages.size()));
            }
            case "/load" -> {
                List<Message> messages = ChatFile.load(file(typed));
                session.load(messages);
                screen.line("The chat goes on after %d messages.".formatted(messages.size()));
            }
            default -> screen.line("There is no %s; /help lists what there is.".formatted(words[0]));
        }
    }

    private static String file(String typed) {
        String[] words = typed.split("\\s+", 2);
        if (words.length < 2) {
            throw new IllegalArgumentException("Name a file: " + words[0] + " FILE");
        }
        return words[1];
    }

    private void set(ChatSession session, String[] words) {
        if (words.length == 1) {
            screen.lines(shown(session));
            return;
        }
        String value = words.length > 2 ? words[2] : "";
        if (words[1].equals("ctx")) {
            session.setContext(tokens(value));
        } else {
            session.set(session.settings().with(words[1], value));
        }
    }

    private static int tokens(String value) {
        int tokens;
        try {
            tokens = Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the setting must be a number: ctx=" + value, e);
        }
        if (tokens < 1) {
            throw new IllegalArgumentException("the context must be at least 1: ctx=" + value);
        }
        return tokens;
    }

    private static List<String> shown(ChatSession session) {
        ChatSettings now = session.settings();
        Table table = new Table("setting", "value");
        table.row("temp", Double.toString(now.options().sampling().temperature()));
        table.row("top-k", Integer.toString(now.options().sampling().topK()));
        table.row("top-p", Double.toString(now.options().sampling().topP()));
        table.row("min-p", Double.toString(now.options().sampling().minP()));
        table.row("repeat-penalty", Double.toString(now.options().sampling().repeatPenalty()));
        table.row("seed", Long.toString(now.options().sampling().seed().orElseThrow()));
        int most = now.options().maxTokens();
        table.row("max-tokens", most == Integer.MAX_VALUE ? "no limit" : Integer.toString(most));
        String system = now.system();
        table.row("system", system == null ? "none" : Quoted.inLine(system));
        table.row("think", now.think().name().toLowerCase(Locale.ROOT));
        table.row("verbose", now.verbose() ? "on" : "off");
        table.row("ctx", Integer.toString(session.model().context()));
        return new ArrayList<>(table.lines());
    }
}
