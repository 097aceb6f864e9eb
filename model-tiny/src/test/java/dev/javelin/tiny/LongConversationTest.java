package dev.javelin.tiny;

import static org.assertj.core.api.Assertions.assertThat;

import dev.javelin.runtime.Chat;
import dev.javelin.runtime.GenerationOptions;
import dev.javelin.runtime.Message;
import dev.javelin.runtime.Model;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * One long conversation from which eight go on, each in its own way, until the context of 1,024 tokens is nearly full: each
 * says what it says alone.
 */
class LongConversationTest {
    static final int CONTEXT = 1024;

    private static final long SEED = 1024;
    private static final int BLOCK = 32;
    private static final int FORKS = 8;

    /** Tokens that are shared, at least. */
    private static final int SHARED = 700;

    /** Tokens at the end, at least. */
    private static final int LONG = 970;

    /** Tokens of an answer, at most. */
    private static final int ANSWER = 60;

    private static final GenerationOptions GREEDY = GenerationOptions.GREEDY.withMaxTokens(ANSWER);

    @Test
    void eightGoOnFromOneAndSayWhatEachSaysAlone() {
        try (Model model = TinyModel.builder()
                .device("cpu")
                .context(CONTEXT)
                .conversations(FORKS)
                .stateTokens(FORKS * CONTEXT)
                .load()) {
            List<Message> shared;
            try (Chat chat = model.chat(GREEDY)) {
                shared = new Talk(chat, 0).on(SHARED).chat().messages();
            }
            List<List<String>> alone = IntStream.range(0, FORKS)
                    .mapToObj(i -> alone(model, shared, i))
                    .toList();
            assertThat(new HashSet<>(alone)).as("they diverge").hasSize(FORKS);

            shuffleBlocks(model);
            List<Talk> talks = forks(model, shared);
            together(talks);
            assertThat(talks.stream().map(Talk::said)).containsExactlyElementsOf(alone);
            assertThat(talks).allSatisfy(talk -> {
                // the last shared answer may be other tokens of the same text when it is read as part of a prompt
                assertThat(talk.reused()).isGreaterThanOrEqualTo(SHARED - ANSWER);
                assertThat(talk.tokens()).isBetween(LONG, CONTEXT + 1);
            });

            talks.forEach(talk -> talk.chat().close());
            assertThat(model.activity().blocksInUse()).isZero();
            assertThat(model.activity().conversations()).isZero();
        }
    }

    /** What the talk is, of a chat that has the shared messages and nothing of their state. */
    private static List<String> alone(Model model, List<Message> shared, int which) {
        try (Chat chat = model.chat(GREEDY)) {
            shared.forEach(chat::add);
            return new Talk(chat, which).on(CONTEXT).said();
        }
    }

    /** Takes blocks for chats of many lengths and gives them back in another order, so that neighbours are far apart. */
    private static void shuffleBlocks(Model model) {
        SplittableRandom random = new SplittableRandom(SEED);
        List<Chat> chats = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Chat chat = model.chat(GREEDY.withMaxTokens(1));
            chat.ask("hot ".repeat(random.nextInt(1, 150))).text();
            chats.add(chat);
        }
        while (!chats.isEmpty()) {
            chats.remove(random.nextInt(chats.size())).close();
        }
        assertThat(model.activity().blocksInUse()).isZero();
    }

    /** Eight that share all the state of one, which is closed then. */
    private static List<Talk> forks(Model model, List<Message> shared) {
        try (Chat chat = model.chat(GREEDY)) {
            Talk first = new Talk(chat, 0).on(SHARED);
            assertThat(chat.messages()).isEqualTo(shared);
            int blocks = model.activity().blocksInUse();
            assertThat(blocks).isBetween(SHARED / BLOCK, Math.ceilDiv(first.tokens(), BLOCK));
            List<Talk> forks = IntStream.range(0, FORKS)
                    .mapToObj(i -> new Talk(chat.fork(), i))
                    .toList();
            assertThat(model.activity().blocksInUse()).as("shared by all").isEqualTo(blocks);
            return forks;
        }
    }

    /** Every round all of them ask before any of them listens. */
    private static void together(List<Talk> talks) {
        List<Talk> asking = talks;
        while (!asking.isEmpty()) {
            asking = asking.stream().filter(talk -> talk.ask(CONTEXT)).toList();
            asking.forEach(Talk::listen);
        }
    }
}
