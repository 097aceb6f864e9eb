package dev.javelin.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.javelin.api.Format;
import dev.javelin.api.KvGroup;
import dev.javelin.api.Limits;
import dev.javelin.api.StateSpec;
import dev.javelin.api.StateStore;
import dev.javelin.api.Step;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Blocks of four tokens; one group sees everything, one the last six tokens. */
class KvTableTest {
    private static final KvGroup ALL = new KvGroup("all", 1, 1, 32, 32, 0, Format.F16, Format.F16);
    private static final KvGroup RECENT = new KvGroup("recent", 1, 1, 32, 32, 6, Format.F16, Format.F16);
    private static final StateSpec STATES =
            new StateSpec(4, List.of(new StateSpec.Blocks(ALL, 10), new StateSpec.Blocks(RECENT, 10)));

    private final BlockPool pool = new BlockPool(STATES);
    private final Copies copies = new Copies();

    @Test
    void takesBlocksAsTokensCome() {
        KvTable table = new KvTable(STATES, pool);
        add(table, 3);
        assertThat(pool.inUse()).isEqualTo(2);
        add(table, 1);
        assertThat(pool.inUse()).isEqualTo(2);
        add(table, 1);
        assertThat(pool.inUse()).isEqualTo(4);
        assertThat(copies.made).isEmpty();
    }

    @Test
    void givesBackWhatIsBehindTheWindow() {
        KvTable table = new KvTable(STATES, pool);
        add(table, 20);
        // the next token sees tokens 15 to 20, so blocks 3 and 4 of five
        assertThat(pool.free(0)).isEqualTo(5);
        assertThat(pool.free(1)).isEqualTo(8);
    }

    @Test
    void aStepNamesWhatItsTokensSee() {
        KvTable table = new KvTable(STATES, pool);
        add(table, 20);
        table.reserve(2, copies);
        try (Step step = new Step(new Limits(4, 1, 1, 40), STATES)) {
            step.addSequence();
            table.write(step, 2);
            assertThat(step.block(0, 0, 0)).isNotNegative();
            assertThat(step.block(1, 0, 2)).isNegative();
            assertThat(step.block(1, 0, 3)).isNotNegative();
            assertThat(step.block(1, 0, 5)).isNotNegative();
        }
    }

    @Test
    void rollsBackAsFarAsTheWindowAllows() {
        KvTable table = new KvTable(STATES, pool);
        add(table, 20);
        assertThat(table.rollBack(19)).isEqualTo(19);
        assertThat(table.rollBack(17)).as("token 12 is in block 3").isEqualTo(17);
        assertThat(table.rollBack(16)).as("token 11 was in block 2").isZero();
        assertThat(pool.inUse()).isZero();
    }

    @Test
    void forksShareUntilOneWrites() {
        KvTable one = new KvTable(STATES, pool);
        add(one, 6);
        KvTable other = one.fork();
        assertThat(pool.inUse()).isEqualTo(4);
        assertThat(other.needed(0, 1))
                .as("the block that is half full is copied")
                .isEqualTo(1);
        add(other, 1);
        assertThat(copies.made).hasSize(2);
        assertThat(pool.inUse()).isEqualTo(6);
        add(one, 1);
        assertThat(copies.made).as("the last one keeps the block").hasSize(2);
        one.rollBack(0);
        assertThat(pool.inUse()).isEqualTo(4);
        other.rollBack(0);
        assertThat(pool.inUse()).isZero();
    }

    @Test
    void saysWhetherItFits() {
        KvTable table = new KvTable(STATES, pool);
        assertThat(table.fits(40)).isTrue();
        assertThat(table.fits(41)).isFalse();
        add(table, 40);
        assertThat(table.fits(1)).isFalse();
    }

    private void add(KvTable table, int tokens) {
        assertThat(table.fits(tokens)).isTrue();
        table.reserve(tokens, copies);
        table.advance(tokens);
    }

    /** Only remembers what is copied. */
    private static final class Copies implements StateStore {
        final List<String> made = new ArrayList<>();

        @Override
        public StateSpec spec() {
            return STATES;
        }

        @Override
        public void copyBlock(int group, int from, int to) {
            made.add("%d: %d to %d".formatted(group, from, to));
        }

        @Override
        public void exportBlock(int group, int block, MemorySegment to) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void importBlock(int group, int block, MemorySegment from) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}
