package dev.javelin.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StepLayoutTest {
    private static final KvGroup GROUP = new KvGroup("g", 1, 1, 4, 4, 0, Format.F32, Format.F32);
    private static final KvGroup WINDOWED = new KvGroup("w", 1, 1, 4, 4, 8, Format.F32, Format.F32);
    private static final StateSpec STATES =
            new StateSpec(16, List.of(new StateSpec.Blocks(GROUP, 9), new StateSpec.Blocks(WINDOWED, 5)));
    private static final Limits LIMITS = new Limits(33, 3, 5, 100, new Limits.Extras(7, 65, 4, true));

    @Test
    void columnsFollowEachOtherWithoutOverlap() {
        StepLayout layout = new StepLayout(LIMITS, STATES);
        long end = 0;
        for (StepColumn column : StepColumn.values()) {
            assertThat(layout.offset(column)).as(column.name()).isGreaterThanOrEqualTo(end);
            assertThat(layout.offset(column) % 64).as(column.name()).isZero();
            end = layout.offset(column) + layout.rows(column) * layout.rowBytes(column);
        }
        assertThat(layout.bytes()).isGreaterThanOrEqualTo(end);
    }

    @Test
    void columnsAreAsLargeAsTheLimits() {
        StepLayout layout = new StepLayout(LIMITS, STATES);
        assertThat(layout.rows(StepColumn.TOKEN)).isEqualTo(33);
        assertThat(layout.rows(StepColumn.ADAPTER)).isEqualTo(3);
        assertThat(layout.rows(StepColumn.WANTS)).isEqualTo(5);
        assertThat(layout.rows(StepColumn.BIAS_VALUE)).isEqualTo(4);
        assertThat(layout.rows(StepColumn.BLOCKS)).isEqualTo(6);
        assertThat(layout.blocksPerSequence()).isEqualTo(7);
        assertThat(layout.rowBytes(StepColumn.BLOCKS)).isEqualTo(28);
        assertThat(layout.rowBytes(StepColumn.ALLOWED)).isEqualTo(12); // 65 bits
        assertThat(layout.rowBytes(StepColumn.VISIBLE)).isEqualTo(8); // 33 bits
        assertThat(layout.rowBytes(StepColumn.EMBEDDINGS)).isEqualTo(28);
        assertThat(layout.rowBytes(StepColumn.TOKEN)).isEqualTo(4);
    }

    @Test
    void whatIsNotAskedForTakesNothing() {
        StepLayout layout = new StepLayout(new Limits(33, 3, 5, 100), null);
        for (StepColumn column : List.of(
                StepColumn.BLOCKS,
                StepColumn.MASKED,
                StepColumn.ALLOWED,
                StepColumn.BIAS_TOKEN,
                StepColumn.VISIBLE,
                StepColumn.EMBEDDINGS)) {
            assertThat(layout.rows(column)).as(column.name()).isZero();
        }
        assertThat(layout.blocksPerSequence()).isZero();
        assertThat(layout.states()).isNull();
    }

    @Test
    void refusesPlacesOutsideAColumn() {
        StepLayout layout = new StepLayout(LIMITS, STATES);
        assertThat(layout.at(StepColumn.BLOCKS, 5, 6)).isEqualTo(layout.offset(StepColumn.BLOCKS) + 5 * 28 + 24);
        Refusal.of(() -> layout.at(StepColumn.BLOCKS, 6, 0), "column=BLOCKS", "row=6", "rows=6");
        Refusal.of(() -> layout.at(StepColumn.BLOCKS, 0, 7), "index=7", "rowLength=7");
        Refusal.of(() -> layout.at(StepColumn.BLOCKS, 0, -1), "index=-1");
        Refusal.of(() -> layout.at(StepColumn.TOKEN, -1, 0), "row=-1");
        Refusal.of(() -> layout.at(StepColumn.TOKEN, 0, 1), "index=1");
    }

    @Test
    void refusesColumnsThatOverflow() {
        int most = Integer.MAX_VALUE;
        Limits wide = new Limits(most, 1, 1, 1, new Limits.Extras(most, 0, 0, false));
        Refusal.of(() -> new StepLayout(wide, null), "must fit 63 bits", "tokens=2147483647");
        Limits many = new Limits(most, most, 1, 1);
        Refusal.of(() -> new StepLayout(many, STATES), "must fit 63 bits", "sequences=2147483647");
    }
}
