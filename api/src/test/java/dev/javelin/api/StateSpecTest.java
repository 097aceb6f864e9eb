package dev.javelin.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StateSpecTest {
    private static final KvGroup GROUP = new KvGroup("g", 3, 2, 64, 32, 0, Format.F16, Format.Q8_0);

    private static StateSpec.Blocks blocks(KvGroup group, int count) {
        return new StateSpec.Blocks(group, count);
    }

    private static KvGroup group(Format format, int keySize) {
        return new KvGroup("g", 1, 1, keySize, 32, 0, format, Format.F32);
    }

    @Test
    void countsBytes() {
        assertThat(GROUP.keyBytes()).isEqualTo(2 * 64 * 2);
        assertThat(GROUP.valueBytes()).isEqualTo(2 * 34);
        assertThat(GROUP.blockBytes(16)).isEqualTo(3 * (256 + 68) * 16);
        KvGroup small = new KvGroup("s", 1, 1, 1, 1, 4, Format.F32, Format.F32);
        StateSpec spec = new StateSpec(16, List.of(blocks(GROUP, 5), blocks(small, 2)));
        assertThat(spec.bytes()).isEqualTo(5 * GROUP.blockBytes(16) + 2 * 8 * 16);
        assertThat(spec.blocksFor(16)).isEqualTo(1);
        assertThat(spec.blocksFor(17)).isEqualTo(2);
        assertThat(spec.blocksFor(Integer.MAX_VALUE)).isEqualTo(1 << 27);
        assertThat(spec.indexOf(small)).isEqualTo(1);
    }

    @Test
    void refusesGroupsThatCannotBe() {
        Refusal.of(() -> new KvGroup(" ", 1, 1, 1, 1, 0, Format.F32, Format.F32), "needs a name");
        Refusal.of(() -> new KvGroup("g", 0, 1, 1, 1, 0, Format.F32, Format.F32), "group=g", "layers=0");
        Refusal.of(() -> new KvGroup("g", 1, 0, 1, 1, 0, Format.F32, Format.F32), "kvHeads=0");
        Refusal.of(() -> new KvGroup("g", 1, 1, 1, -1, 0, Format.F32, Format.F32), "valueSize=-1");
        Refusal.of(() -> new KvGroup("g", 1, 1, 1, 1, -1, Format.F32, Format.F32), "window=-1");
        Refusal.of(() -> group(Format.Q4_0, 32), "kept in F32, F16 or Q8_0", "keyFormat=Q4_0");
        Refusal.of(() -> group(Format.Q8_0, 80), "multiple of 32", "Q8_0", "keySize=80");
        Refusal.of(() -> new KvGroup("g", 1, 1 << 16, 1 << 15, 1, 0, Format.F32, Format.F32), "2^31-1");
    }

    @Test
    void refusesStatesThatCannotBe() {
        Refusal.of(() -> new StateSpec(0, List.of(blocks(GROUP, 1))), "blockTokens=0");
        Refusal.of(() -> new StateSpec(1, List.of()), "at least one group");
        Refusal.of(() -> blocks(GROUP, 0), "needs blocks", "group=g", "count=0");
        Refusal.of(
                () -> new StateSpec(1, List.of(blocks(GROUP, 1), blocks(group(Format.F32, 4), 1))),
                "groups need different names",
                "group=g");
        StateSpec spec = new StateSpec(4, List.of(blocks(GROUP, 1)));
        Refusal.of(() -> spec.indexOf(group(Format.F32, 4)), "no such group", "keySize=4");
    }

    @Test
    void refusesSizesThatOverflow() {
        int most = Integer.MAX_VALUE;
        KvGroup huge = new KvGroup("h", most, 1, most, most, 0, Format.F32, Format.F32);
        Refusal.of(() -> new StateSpec(most, List.of(blocks(huge, 1))), "must fit 63 bits", "blockTokens=2147483647");
        KvGroup large = new KvGroup("l", 1 << 15, 1, most, most, 0, Format.F32, Format.F32);
        Refusal.of(() -> new StateSpec(1 << 10, List.of(blocks(large, 1 << 10))), "must fit 63 bits");
    }

    @Test
    void tablesMeanTheSameWhereBlocksAndGroupsDo() {
        KvGroup shard = new KvGroup("g", 3, 1, 64, 32, 0, Format.F16, Format.Q8_0);
        StateSpec whole = new StateSpec(4, List.of(blocks(GROUP, 8)));
        assertThat(whole.sameTables(whole)).isTrue();
        assertThat(whole.sameTables(new StateSpec(4, List.of(blocks(shard, 6)))))
                .isTrue();
        assertThat(whole.sameTables(new StateSpec(8, List.of(blocks(GROUP, 8)))))
                .isFalse();
        KvGroup other = new KvGroup("o", 3, 1, 64, 32, 0, Format.F16, Format.Q8_0);
        assertThat(whole.sameTables(new StateSpec(4, List.of(blocks(other, 8)))))
                .isFalse();
        assertThat(whole.sameTables(new StateSpec(4, List.of(blocks(GROUP, 8), blocks(other, 8)))))
                .isFalse();
    }
}
