package dev.javelin.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.javelin.api.Want;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sequences beside each other, in shortage of memory, forked and continued: each must come out as if it were alone. */
class EngineTest {
    private static final int VOCABULARY = 1536;
    private static final int PLENTY = 600;

    @Test
    void conversationsShareARunAndDoNotMind() {
        List<int[]> prompts = prompts(6, 20, 90);
        List<List<float[]>> alone = new ArrayList<>();
        try (Rig rig = new Rig(PLENTY, 8, 64)) {
            for (int[] prompt : prompts) {
                Sequence sequence = rig.engine.open();
                Listing task = Listing.withLogits(sequence, prompt, VOCABULARY, 12);
                rig.engine.submit(task);
                alone.add(task.logits());
                rig.engine.close(sequence);
            }
        }
        try (Rig rig = new Rig(PLENTY, 8, 64)) {
            List<Listing> tasks = begin(rig, prompts, 12);
            for (int i = 0; i < tasks.size(); i++) {
                assertSame(alone.get(i), tasks.get(i).logits());
            }
            Engine.Load load = rig.engine.load();
            long tokens =
                    prompts.stream().mapToLong(prompt -> prompt.length + 11L).sum();
            assertThat(load.tokens()).isEqualTo(tokens);
            assertThat(load.steps()).as("several sequences in one step").isLessThan(tokens / 3);
        }
    }

    @Test
    void promptsMayComeInPiecesOfAnySize() {
        int[] prompt = prompts(1, 100, 100).getFirst();
        List<List<float[]>> all = new ArrayList<>();
        for (int stepTokens : new int[] {1, 7, 128}) {
            try (Rig rig = new Rig(PLENTY, 1, stepTokens)) {
                Listing task = Listing.withLogits(rig.engine.open(), prompt, VOCABULARY, 4);
                rig.engine.submit(task);
                all.add(task.logits());
            }
        }
        assertSame(all.get(0), all.get(1));
        assertSame(all.get(0), all.get(2));
    }

    @Test
    void shortMemoryChangesNothing() {
        List<int[]> prompts = prompts(5, 150, 250);
        List<List<Integer>> plenty;
        try (Rig rig = new Rig(PLENTY, 8, 64)) {
            plenty = begin(rig, prompts, 60).stream().map(Listing::await).toList();
        }
        try (Rig rig = new Rig(Math.ceilDiv(Rig.CONTEXT, 16) / 2, 8, 64)) { // two of five at a time
            List<Listing> tasks = begin(rig, prompts, 60);
            assertThat(tasks.stream().map(Listing::await)).containsExactlyElementsOf(plenty);
            assertThat(rig.engine.load().tokens())
                    .as("some were computed twice")
                    .isGreaterThan(prompts.stream()
                            .mapToLong(prompt -> prompt.length + 59L)
                            .sum());
        }
    }

    @Test
    void forksGoOnFromASharedPrefix() {
        int[] prefix = prompts(1, 333, 333).getFirst();
        List<int[]> prompts = prompts(8, 5, 30).stream()
                .map(end -> IntStream.concat(Arrays.stream(prefix), Arrays.stream(end))
                        .toArray())
                .toList();
        List<List<Integer>> alone;
        try (Rig rig = new Rig(PLENTY, 8, 64)) {
            alone = begin(rig, prompts, 40).stream().map(Listing::await).toList();
        }
        try (Rig rig = new Rig(PLENTY, 8, 64)) {
            Sequence first = rig.engine.open();
            Listing task = Listing.onDevice(first, prefix, 1, -1);
            rig.engine.submit(task);
            task.await();
            List<Sequence> forks = new ArrayList<>();
            List<Listing> tasks = new ArrayList<>();
            for (int[] prompt : prompts) {
                Sequence fork = rig.engine.fork(first);
                forks.add(fork);
                tasks.add(Listing.onDevice(fork, prompt, 40, -1));
            }
            int blocks = rig.engine.load().blocksInUse();
            assertThat(blocks).as("shared by all").isEqualTo(Math.ceilDiv(prefix.length, 16));
            tasks.forEach(rig.engine::submit);
            assertThat(tasks.stream().map(Listing::await)).containsExactlyElementsOf(alone);
            assertThat(tasks).allMatch(fork -> fork.reused == prefix.length);
            forks.forEach(rig.engine::close);
            rig.engine.close(first);
            assertThat(rig.engine.load())
                    .extracting(Engine.Load::blocksInUse, Engine.Load::sequences)
                    .containsExactly(0, 0);
        }
    }

    @Test
    void aPromptContinuesWhatItBeginsWith() {
        int[] prompt = prompts(1, 80, 80).getFirst();
        try (Rig rig = new Rig(PLENTY, 2, 64)) {
            Sequence sequence = rig.engine.open();
            Listing first = Listing.onDevice(sequence, prompt, 10, -1);
            rig.engine.submit(first);
            List<Integer> answer = first.await();
            int[] longer = IntStream.concat(
                            Arrays.stream(prompt),
                            IntStream.concat(answer.stream().mapToInt(i -> i), IntStream.of(5, 6)))
                    .toArray();
            Listing second = Listing.withLogits(sequence, longer, VOCABULARY, 3);
            rig.engine.submit(second);
            second.await();
            assertThat(second.reused)
                    .as("all but the last token chosen and the new ones")
                    .isEqualTo(89);

            Listing fresh = Listing.withLogits(rig.engine.open(), longer, VOCABULARY, 3);
            rig.engine.submit(fresh);
            assertSame(fresh.logits(), second.logits());

            Listing same = Listing.withLogits(sequence, longer, VOCABULARY, 3);
            rig.engine.submit(same);
            assertSame(fresh.logits(), same.logits());
            assertThat(same.reused)
                    .as("one token has to be computed for its logits")
                    .isEqualTo(longer.length - 1);
        }
    }

    @Test
    void endsWhereTheContextEnds() {
        int[] prompt = prompts(1, Rig.CONTEXT - 3, Rig.CONTEXT - 3).getFirst();
        try (Rig rig = new Rig(PLENTY, 2, 256)) {
            Listing task = Listing.onDevice(rig.engine.open(), prompt, 100, -1);
            rig.engine.submit(task);
            assertThat(task.awaitEnd()).isEqualTo(Task.End.FULL);
            assertThat(task.await()).hasSize(4);
            Listing longer = Listing.onDevice(
                    rig.engine.open(),
                    prompts(1, Rig.CONTEXT + 1, Rig.CONTEXT + 1).getFirst(),
                    1,
                    -1);
            rig.engine.submit(longer);
            assertThatThrownBy(longer::await)
                    .hasMessageContaining("promptTokens=1025")
                    .hasMessageContaining("context=1024");
        }
    }

    @Test
    void cancelsWithinAStepAndGoesOn() {
        List<int[]> prompts = prompts(2, 40, 40);
        try (Rig rig = new Rig(PLENTY, 2, 64)) {
            Sequence sequence = rig.engine.open();
            Listing endless = Listing.onDevice(sequence, prompts.getFirst(), Integer.MAX_VALUE, -1);
            rig.engine.submit(endless);
            Listing second = Listing.onDevice(sequence, prompts.getFirst(), 1, -1);
            rig.engine.submit(second);
            assertThatThrownBy(second::await).hasMessageContaining("one thing at a time");
            endless.cancel();
            assertThat(endless.awaitEnd()).isIn(Task.End.CANCELLED, Task.End.FULL);
            Listing other = Listing.onDevice(sequence, prompts.getLast(), 3, -1);
            rig.engine.submit(other);
            assertThat(other.await()).hasSize(3);
        }
    }

    /** As when memory runs out: nobody may wait for a thread that is gone. */
    @Test
    void answersAlsoAfterAnErrorOnItsThread() {
        List<int[]> prompts = prompts(2, 40, 40);
        try (Rig rig = new Rig(PLENTY, 2, 64)) {
            Listing other = Listing.onDevice(rig.engine.open(), prompts.getFirst(), Integer.MAX_VALUE, -1);
            rig.engine.submit(other);
            rig.engine.submit(new Task(rig.engine.open(), prompts.getLast()) {
                @Override
                protected Want want() {
                    return Want.ID;
                }

                @Override
                protected void begun(int reused) {}

                @Override
                protected boolean accept(int choice) {
                    throw new OutOfMemoryError("not really");
                }

                @Override
                protected int choose(MemorySegment output, int row) {
                    return 0;
                }

                @Override
                protected void ended(End end) {}

                @Override
                protected void failed(RuntimeException failure) {}
            });
            assertThatThrownBy(other::await).hasMessageContaining("not really");
            Listing later = Listing.onDevice(rig.engine.open(), prompts.getFirst(), 1, -1);
            rig.engine.submit(later);
            assertThatThrownBy(later::await).hasMessageContaining("not really");
            assertThat(rig.engine.load().tasks()).isZero();
        }
    }

    @Test
    void closingEndsWhatIsUnderWay() {
        int[] prompt = prompts(1, 40, 40).getFirst();
        Listing endless;
        Sequence sequence;
        Engine engine;
        try (Rig rig = new Rig(PLENTY, 2, 64)) {
            engine = rig.engine;
            sequence = engine.open();
            endless = Listing.onDevice(sequence, prompt, Integer.MAX_VALUE, -1);
            engine.submit(endless);
        }
        assertThat(endless.awaitEnd()).isIn(Task.End.CLOSED, Task.End.FULL);
        assertThatThrownBy(() -> engine.submit(endless)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(engine::open)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        engine.close(sequence); // harmless
    }

    private static List<Listing> begin(Rig rig, List<int[]> prompts, int most) {
        List<Listing> tasks = prompts.stream()
                .map(prompt -> Listing.withLogits(rig.engine.open(), prompt, VOCABULARY, most))
                .toList();
        tasks.forEach(rig.engine::submit);
        return tasks;
    }

    private static void assertSame(List<float[]> expected, List<float[]> actual) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(Arrays.mismatch(expected.get(i), actual.get(i)))
                    .as("first logit that differs, token %d", i)
                    .isNegative();
        }
    }

    private static List<int[]> prompts(int count, int shortest, int longest) {
        SplittableRandom random = new SplittableRandom(42);
        return IntStream.range(0, count)
                .mapToObj(i -> random.ints(random.nextInt(shortest, longest + 1), 0, 1500)
                        .toArray())
                .toList();
    }
}
