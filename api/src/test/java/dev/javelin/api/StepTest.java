package dev.javelin.api;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.javelin.api.StepColumn.Source;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StepTest {
    private static final KvGroup GROUP = new KvGroup("g", 1, 1, 4, 4, 0, Format.F32, Format.F32);
    private static final KvGroup OTHER = new KvGroup("o", 1, 1, 4, 4, 8, Format.F32, Format.F32);
    private static final StateSpec STATES =
            new StateSpec(4, List.of(new StateSpec.Blocks(GROUP, 9), new StateSpec.Blocks(OTHER, 5)));
    private static final Limits LIMITS = new Limits(40, 3, 4, 20, new Limits.Extras(3, 70, 2, true));

    private final Step step = new Step(LIMITS, STATES);

    @AfterEach
    void close() {
        step.close();
    }

    private void addTokens(int count) {
        for (int i = 0; i < count; i++) {
            step.addToken(100 + i, 200 + i, i);
        }
    }

    @Test
    void keepsTokens() {
        assertThat(step.addSequence()).isZero();
        assertThat(step.addToken(7, 11, 3)).isZero();
        assertThat(step.addFeedback(2, 12, 4)).isEqualTo(1);
        assertThat(step.addSequence()).isEqualTo(1);
        int token = step.addEmbedding(13, 5);
        MemorySegment.copy(new float[] {1, 2, 3}, 0, step.embedding(token), JAVA_FLOAT, 0, 3);
        assertThat(step.tokens()).isEqualTo(3);
        assertThat(step.sequences()).isEqualTo(2);
        assertThat(step.embeddings()).isEqualTo(1);
        assertThat(step.source(0)).isEqualTo(Source.ID);
        assertThat(step.source(1)).isEqualTo(Source.FEEDBACK);
        assertThat(step.source(2)).isEqualTo(Source.EMBEDDING);
        assertThat(step.token(0)).isEqualTo(7);
        assertThat(step.token(1)).isEqualTo(2);
        assertThat(step.token(2)).isZero();
        assertThat(step.position(1)).isEqualTo(12);
        assertThat(step.kvIndex(2)).isEqualTo(5);
        assertThat(step.sequence(1)).isZero();
        assertThat(step.sequence(2)).isEqualTo(1);
        assertThat(step.first(1)).isEqualTo(2);
        assertThat(step.count(0)).isEqualTo(2);
        assertThat(step.embedding(2).toArray(JAVA_FLOAT)).containsExactly(1, 2, 3);
    }

    @Test
    void columnsLieWhereTheLayoutSays() {
        step.addSequence();
        step.addToken(7, 11, 3);
        step.addSequence();
        step.addToken(8, 12, 4);
        step.setBlock(1, 4, 2);
        StepLayout layout = step.layout();
        assertThat(step.memory().get(JAVA_INT, layout.offset(StepColumn.TOKEN) + 4))
                .isEqualTo(8);
        long table = layout.offset(StepColumn.BLOCKS) + (1 * 3 + 1) * layout.rowBytes(StepColumn.BLOCKS);
        assertThat(step.memory().get(JAVA_INT, table + 16)).isEqualTo(2);
        assertThat(step.memory().byteSize()).isEqualTo(layout.bytes());
        assertThat(step.memory().address() % 64).isZero();
        List<Integer> codes =
                java.util.Arrays.stream(Source.values()).map(Source::code).toList();
        assertThat(codes).containsExactly(0, 1, 2);
    }

    @Test
    void beginsSequencesWithoutBlocksOrAdapterOrTree() {
        step.memory().fill((byte) 0x55); // what an older step left
        step.addSequence();
        for (int index = 0; index < 5; index++) {
            assertThat(step.block(0, 0, index)).isEqualTo(-1);
            assertThat(step.block(1, 0, index)).isEqualTo(-1);
        }
        assertThat(step.adapter(0)).isZero();
        assertThat(step.tree(0)).isFalse();
        assertThat(step.count(0)).isZero();
        step.setBlock(0, 4, 8);
        step.setAdapter(6);
        assertThat(step.block(0, 0, 4)).isEqualTo(8);
        assertThat(step.block(1, 0, 4)).isEqualTo(-1);
        assertThat(step.adapter(0)).isEqualTo(6);
        addTokens(1);
        assertThat(step.masked(step.addOutput(0, 0))).isFalse();
    }

    @Test
    void keepsOutputs() {
        step.addSequence();
        addTokens(3);
        assertThat(step.addOutput(2, Want.bits(Want.ID, Want.LOGITS))).isZero();
        assertThat(step.addOutput(0, Want.HIDDEN.bit())).isEqualTo(1);
        assertThat(step.outputs()).isEqualTo(2);
        assertThat(step.outputToken(0)).isEqualTo(2);
        assertThat(step.wants(0)).isEqualTo(10);
        assertThat(step.wants(0, Want.LOGITS)).isTrue();
        assertThat(step.wants(0, Want.TOP_K)).isFalse();
        assertThat(step.wants(1, Want.HIDDEN)).isTrue();
    }

    @Test
    void masksKeepEveryBitApart() {
        step.memory().fill((byte) -1);
        step.addSequence();
        addTokens(1);
        step.addOutput(0, Want.ID.bit());
        step.addOutput(0, Want.ID.bit());
        assertThat(step.allowed(0, 5)).isTrue(); // not masked: everything
        step.mask(0);
        step.mask(1);
        int[] allowed = {0, 31, 32, 63, 64, 69};
        for (int id : allowed) {
            step.allow(0, id);
        }
        for (int id = 0; id < 70; id++) {
            assertThat(step.allowed(0, id)).as("id %d", id).isEqualTo(java.util.Arrays.binarySearch(allowed, id) >= 0);
            assertThat(step.allowed(1, id)).isFalse();
        }
        assertThat(step.allowed(0, 70)).isFalse(); // ids past the vocabulary are not allowed
        assertThat(step.allowed(0, Integer.MAX_VALUE)).isFalse();
        assertThat(step.allowed(0, -1)).isFalse();
        Refusal.of(() -> step.allow(0, 70), "no such id", "id=70", "size=70");
        Refusal.of(() -> step.allow(0, -1), "id=-1");
        Refusal.of(() -> step.allow(2, 0), "output=2");
        Refusal.of(() -> step.mask(2), "output=2");
    }

    @Test
    void keepsBiases() {
        step.addSequence();
        addTokens(1);
        step.addOutput(0, Want.ID.bit());
        step.bias(0, 65, -1.5f);
        assertThat(step.biases()).isEqualTo(1);
        assertThat(step.biasRow(0)).isZero();
        assertThat(step.biasToken(0)).isEqualTo(65);
        assertThat(step.biasValue(0)).isEqualTo(-1.5f);
        Refusal.of(() -> step.bias(1, 0, 0), "no such output", "output=1");
        step.bias(0, 0, 0);
        Refusal.of(() -> step.bias(0, 0, 0), "the step is full", "what=biases", "capacity=2");
    }

    @Test
    void treesSayWhatIsSeen() {
        step.memory().fill((byte) -1);
        step.addSequence();
        addTokens(2);
        step.addSequence();
        addTokens(35);
        assertThat(step.visible(36, 2)).isTrue(); // without a tree: all earlier ones
        assertThat(step.visible(2, 3)).isFalse();
        step.tree();
        assertThat(step.tree(0)).isFalse();
        assertThat(step.tree(1)).isTrue();
        step.see(36, 2); // bit 0
        step.see(36, 33); // bit 31
        step.see(36, 34); // bit 32
        for (int other = 2; other < 37; other++) {
            boolean seen = other == 2 || other == 33 || other == 34 || other == 36;
            assertThat(step.visible(36, other)).as("other %d", other).isEqualTo(seen);
            assertThat(step.visible(35, other)).as("other %d", other).isEqualTo(other == 35);
        }
        int late = step.addToken(1, 1, 35); // after tree(): sees itself, and nothing that an older step left
        assertThat(step.visible(late, late)).isTrue();
        assertThat(step.visible(late, 36)).isFalse();
        assertThat(step.visible(late, 2)).isFalse();
        String rule = "sees earlier ones of its sequence";
        Refusal.of(() -> step.see(3, 4), rule, "token=3", "other=4");
        Refusal.of(() -> step.see(3, 1), rule);
        Refusal.of(() -> step.see(3, -1), rule);
        Refusal.of(() -> step.see(38, 3), "no such token");
    }

    @Test
    void aMaskMayNameNothingAfterItsToken() {
        step.addSequence();
        addTokens(34);
        step.tree();
        for (int token : new int[] {0, 30, 31, 32, 33}) {
            assertThat(step.seesEarlierOnly(token, token)).isTrue();
            for (int later = token + 1; later < 64; later++) {
                long word = step.layout().at(StepColumn.VISIBLE, token, later / 32);
                int bits = step.memory().get(JAVA_INT, word);
                step.memory().set(JAVA_INT, word, bits | 1 << later);
                assertThat(step.seesEarlierOnly(token, token))
                        .as("%d sees %d", token, later)
                        .isFalse();
                step.memory().set(JAVA_INT, word, bits);
            }
            step.see(token, 0);
            assertThat(step.seesEarlierOnly(token, token)).isTrue();
        }
    }

    @Test
    void refusesMoreThanItHasRoomFor() {
        for (int i = 0; i < 3; i++) {
            step.addSequence();
        }
        Refusal.of(step::addSequence, "the step is full", "what=sequences", "capacity=3");
        Refusal.of(() -> step.setBlock(0, 5, 0), "column=BLOCKS", "index=5", "rowLength=5");
        Refusal.of(() -> step.setBlock(0, -1, 0), "index=-1");
        Refusal.of(() -> step.setBlock(2, 0, 0), "no such group", "group=2", "size=2");
        Refusal.of(() -> step.setBlock(-1, 0, 0), "group=-1");
        addTokens(40);
        Refusal.of(() -> step.addToken(1, 1, 1), "the step is full", "what=tokens", "capacity=40");
        Refusal.of(() -> step.addEmbedding(1, 1), "what=tokens");
        assertThat(step.embeddings()).isZero();
        assertThat(step.count(2)).isEqualTo(40);
        Refusal.of(() -> step.addOutput(40, 1), "no such token", "token=40");
        Refusal.of(() -> step.addOutput(-1, 1), "token=-1");
        for (int i = 0; i < 4; i++) {
            step.addOutput(i, 1);
        }
        Refusal.of(() -> step.addOutput(0, 1), "the step is full", "what=outputs", "capacity=4");
        Refusal.of(() -> step.embedding(0), "not an embedding", "token=0");
    }

    @Test
    void refusesWhatItWasNotMadeFor() {
        try (Step bare = new Step(new Limits(4, 1, 4, 20))) {
            assertThatThrownBy(() -> bare.addToken(0, 0, 0))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("call addSequence first");
            assertThatThrownBy(bare::tree).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> bare.setAdapter(1)).isInstanceOf(IllegalStateException.class);
            bare.addSequence();
            bare.addToken(0, 0, 0);
            bare.addOutput(0, 1);
            Refusal.of(() -> bare.setBlock(0, 0, 0), "no such group", "size=0");
            Refusal.of(() -> bare.addEmbedding(0, 1), "what=embeddings", "capacity=0");
            Refusal.of(() -> bare.mask(0), "no such output", "size=0");
            Refusal.of(() -> bare.bias(0, 0, 0), "what=biases", "capacity=0");
            Refusal.of(bare::tree, "no such trees");
            Refusal.of(() -> bare.see(0, 0), "column=VISIBLE", "rows=0");
            assertThat(bare.masked(0)).isFalse();
            assertThat(bare.allowed(0, 123_456)).isTrue();
        }
    }

    @Test
    void isUsedAgain() {
        step.addSequence();
        addTokens(5);
        step.tree();
        step.addEmbedding(0, 5);
        step.addOutput(0, 1);
        step.mask(0);
        step.bias(0, 1, 1);
        step.clear();
        assertThat(step.tokens() + step.sequences() + step.outputs() + step.biases() + step.embeddings())
                .isZero();
        step.addSequence();
        assertThat(step.addToken(1, 2, 3)).isZero();
        assertThat(step.tree(0)).isFalse();
        step.addOutput(0, 1);
        assertThat(step.masked(0)).isFalse();
        assertThat(step.count(0)).isOne();
    }

    @Test
    void isOfNoUseOnceClosed() {
        step.addSequence();
        addTokens(1);
        step.close();
        step.close();
        assertThatThrownBy(step::addSequence)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the step is closed");
        assertThatThrownBy(() -> step.token(0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> step.addToken(0, 0, 0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> step.memory().get(JAVA_INT, 0)).isInstanceOf(IllegalStateException.class);
        assertThat(step.layout().limits()).isEqualTo(LIMITS);
    }
}
