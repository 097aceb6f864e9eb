package dev.javelin.tiny;

import dev.javelin.runtime.Chat;
import dev.javelin.runtime.Generation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One chat and what is said in it, turn by turn, until so many tokens are reached or the context is nearly full. */
final class Talk {
    /** Tokens that a question may take. */
    private static final int ROOM = 40;

    /** Stories have the longest answers; this far behind its training the model need not tell them well. */
    private static final List<String> HEROES =
            List.of("a fox", "a keeper", "an owl", "a snake", "a baker", "a wolf", "a pilot", "a cat", "a nurse");

    private final Chat chat;
    private final int first;
    private final List<String> said = new ArrayList<>();
    private int tokens;
    private int reused;
    private @Nullable Generation answer;

    /** @param first the hero of the first story; another one begins another talk */
    Talk(Chat chat, int first) {
        this.chat = chat;
        this.first = first;
    }

    /** Asks the next question, and does not wait for the answer; false if so many tokens are there already. */
    boolean ask(int most) {
        if (tokens >= Math.min(most, LongConversationTest.CONTEXT - ROOM)) {
            return false;
        }
        String hero = HEROES.get((first + said.size()) % HEROES.size());
        answer = chat.ask("Tell me a story about " + hero + ".");
        return true;
    }

    /** Waits for the answer. */
    void listen() {
        Generation awaited = Objects.requireNonNull(answer);
        reused = said.isEmpty() ? awaited.usage().reused() : reused;
        said.add(awaited.text());
        tokens = awaited.usage().prompt() + awaited.usage().generated();
    }

    /** Asks and listens until so many tokens are there. */
    Talk on(int most) {
        while (ask(most)) {
            listen();
        }
        return this;
    }

    Chat chat() {
        return chat;
    }

    List<String> said() {
        return said;
    }

    /** All tokens so far, with those that the chat began with. */
    int tokens() {
        return tokens;
    }

    /** Tokens that the first answer did not have to compute. */
    int reused() {
        return reused;
    }
}
