package dev.javelin.cuda.ptx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Instructions that reach memory or other threads, and control, where a vector of registers cannot tell. */
class MemoryTest {

    @Test
    void loadsExtendAndStoresCut() {
        try (Stage stage = Stage.of("")) {
            stage.count();
            stage.run("""
                st.global.u32 [%rd0], 0x80ff7f01;
                ld.global.s8 %r2, [%rd0+2];
                ld.global.u8 %r3, [%rd0+2];
                ld.global.s16 %r4, [%rd0+2];
                ld.global.u16 %rs1, [%rd0];
                cvt.u32.u16 %r5, %rs1;
                ld.global.s8 %rs2, [%rd0+3];
                mov.b32 %r6, {%rs2, %rs2};
                ld.global.s32 %rd4, [%rd0];
                mov.b64 {%r7, %r8}, %rd4;
                st.global.v4.u32 [%rd0+16], {%r2, %r3, %r4, %r5};
                st.global.v2.u32 [%rd0+32], {%r6, %r8};
                st.global.u8 [%rd0+40], %r4;
                """, 1, 1);
            assertThat(stage.words(11))
                    .containsExactly(0x80ff7f01, 1, 2, 3, -1, 0xff, 0xffff80ff, 0x7f01, 0xff80ff80, -1, 0x000000ff);
        }
    }

    @Test
    void sidesOfABranchMeetAgain() {
        try (Stage stage = Stage.of("")) {
            stage.run("""
                mov.u32 %r2, 0;
                setp.lt.u32 %p1, %r1, 10;
                @%p1 bra FEW;
                add.u32 %r2, %r2, 100;
                bra MEET;
                FEW: add.u32 %r2, %r2, 1;
                MEET:
                mov.u32 %r3, 0;
                LOOP:
                setp.ge.u32 %p2, %r3, %r1;
                @%p2 bra DONE;
                add.u32 %r3, %r3, 1;
                bra LOOP;
                DONE:
                shfl.sync.idx.b32 %r4, %r3, 31, 31, -1;
                add.u32 %r2, %r2, %r3;
                mad.lo.u32 %r2, %r4, 1000, %r2;
                st.global.u32 [%rd1], %r2;
                """, 1, 32);
            assertThat(stage.words(32))
                    .containsExactly(IntStream.range(0, 32)
                            .map(lane -> 31000 + lane + (lane < 10 ? 1 : 100))
                            .toArray());
        }
    }

    @Test
    void lanesChooseAmongBranches() {
        try (Stage stage = Stage.of("")) {
            stage.run("""
                and.b32 %r2, %r1, 3;
                TABLE: .branchtargets A, B, A, C;
                brx.idx %r2, TABLE;
                A: mov.u32 %r3, 10;
                bra END;
                B: mov.u32 %r3, 20;
                bra END;
                C: mov.u32 %r3, 30;
                END:
                st.global.u32 [%rd1], %r3;
                """, 1, 32);
            assertThat(stage.words(5)).containsExactly(10, 20, 10, 30, 10);
        }
    }

    @Test
    void atomicsOfAllBlocksCount() {
        try (Stage stage = Stage.of("")) {
            stage.count();
            stage.run("""
                atom.global.add.u32 %r2, [%rd0], 1;
                red.global.max.s32 [%rd0+4], %r1;
                atom.global.min.s32 %r2, [%rd0+8], -5;
                atom.global.inc.u32 %r2, [%rd0+12], 9;
                atom.global.cas.b32 %r3, [%rd0+16], 4, 44;
                atom.global.exch.b32 %r3, [%rd0+20], 55;
                atom.global.or.b32 %r3, [%rd0+24], 0x100;
                mov.f32 %f1, 0f3F800000;
                red.global.add.f32 [%rd0+1020], %f1;
                """, 100, 64);
            assertThat(stage.words(7)).containsExactly(6400, 63, -5, (3 + 6400) % 10, 44, 55, 0x106);
            assertThat(Float.intBitsToFloat(stage.words(256)[255])).isEqualTo(6400);
        }
    }

    @Test
    void blocksShareThroughBarriers() {
        try (Stage stage = Stage.of(".shared .align 4 .b8 s[256];")) {
            stage.run("""
                mov.u32 %r2, s;
                shl.b32 %r3, %r1, 2;
                add.u32 %r4, %r2, %r3;
                st.shared.u32 [%r4], %r1;
                bar.sync 0;
                sub.u32 %r5, 252, %r3;
                add.u32 %r5, %r2, %r5;
                ld.shared.u32 %r6, [%r5];
                setp.gt.u32 %p1, %r6, 9;
                bar.red.popc.u32 %r7, 0, %p1;
                bar.red.and.pred %p2, 0, %p1;
                bar.red.or.pred %p3, 0, %p1;
                selp.u32 %r8, 1000, 0, %p2;
                selp.u32 %r9, 10000, 0, %p3;
                add.u32 %r6, %r6, %r8;
                add.u32 %r6, %r6, %r9;
                mad.lo.u32 %r6, %r7, 100000, %r6;
                st.global.u32 [%rd1], %r6;
                """, 1, 64);
            assertThat(stage.words(64))
                    .containsExactly(IntStream.range(0, 64)
                            .map(thread -> 54 * 100000 + 10000 + 63 - thread)
                            .toArray());
        }
    }

    @Test
    void matricesAreLoadedAsTheirRowsSay() {
        try (Stage stage = Stage.of(".shared .align 16 .b8 s[512];")) {
            // word w of the 128 in shared memory is w: row r of matrix m has the words 32 m + 4 r to 32 m + 4 r + 3
            String fill = """
                mov.u32 %r2, s;
                shl.b32 %r3, %r1, 4;
                add.u32 %r4, %r2, %r3;
                shl.b32 %r5, %r1, 2;
                add.u32 %r6, %r5, 1;
                add.u32 %r7, %r5, 2;
                add.u32 %r8, %r5, 3;
                st.shared.v4.u32 [%r4], {%r5, %r6, %r7, %r8};
                bar.warp.sync -1;
                """;
            stage.run(fill + """
                ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%r10, %r11, %r12, %r13}, [%r4];
                ldmatrix.sync.aligned.m8n8.x1.trans.shared.b16 {%r14}, [%r4];
                st.global.u32 [%rd1], %r10;
                st.global.u32 [%rd1+128], %r13;
                st.global.u32 [%rd1+256], %r14;
                """, 1, 32);
            int[] words = stage.words(96);
            for (int lane = 0; lane < 32; lane++) {
                assertThat(words[lane]).isEqualTo(lane);
                assertThat(words[32 + lane]).isEqualTo(96 + lane);
                // numbers are the halves of words: the lower one has the word's number, the upper one zero
                int row = lane / 4;
                int first = row % 2 == 0 ? 4 * (2 * (lane % 4)) + row / 2 : 0;
                int second = row % 2 == 0 ? 4 * (2 * (lane % 4) + 1) + row / 2 : 0;
                assertThat(words[64 + lane]).isEqualTo(first | second << 16);
            }
        }
    }

    private static final String COPY = """
        mov.u32 %r2, s;
        shl.b32 %r3, %r1, 4;
        add.u32 %r2, %r2, %r3;
        mul.wide.u32 %rd2, %r1, 16;
        add.u64 %rd2, %rd2, %rd0;
        cp.async.cg.shared.global [%r2], [%rd2], 16;
        cp.async.commit_group;
        cp.async.ca.shared.global [%r2+512], [%rd2], 8, %r4;
        cp.async.commit_group;
        """;

    @Test
    void copiesArriveWhenTheyAreWaitedFor() {
        try (Stage stage = Stage.of(".shared .align 16 .b8 s[1024];")) {
            stage.count();
            stage.run("mov.u32 %r4, 4;" + COPY + """
                cp.async.wait_group 1;
                ld.shared.u32 %r5, [%r2+4];
                cp.async.wait_all;
                ld.shared.v2.u32 {%r6, %r7}, [%r2+512];
                add.u32 %r5, %r5, %r6;
                mad.lo.u32 %r5, %r7, 1000, %r5;
                bar.sync 0;
                st.global.u32 [%rd1], %r5;
                """, 1, 32);
            assertThat(stage.words(4)).containsExactly(1, 9, 17, 25);
        }
    }

    @Test
    void copiesMustBeWaitedFor() {
        try (Stage stage = Stage.of(".shared .align 16 .b8 s[1024];")) {
            for (String early : new String[] {
                "ld.shared.u32 %r5, [%r2];",
                "cp.async.wait_group 1; ld.shared.u32 %r5, [%r2+512];",
                "st.shared.u32 [%r2], 5;",
            }) {
                assertThatExceptionOfType(Fault.class)
                        .isThrownBy(() -> stage.run("mov.u32 %r4, 8;" + COPY + early, 1, 32))
                        .satisfies(fault -> assertThat(fault.kind()).isEqualTo(Fault.Kind.PENDING_COPY));
            }
        }
    }

    @Test
    void bytesAreCounted() {
        try (Stage stage = Stage.of("")) {
            stage.count();
            stage.run("ld.global.v2.u32 {%r2, %r3}, [%rd0]; st.global.u32 [%rd1], %r2;", 2, 40);
            Counters counters = stage.device().counters();
            assertThat(counters.globalLoaded()).isEqualTo(2 * 40 * 8);
            assertThat(counters.globalStored()).isEqualTo(2 * 40 * 4);
            assertThat(counters.launches()).isEqualTo(1);
            assertThat(counters.instructions()).isEqualTo(2 * 2 * 8);
            assertThat(counters.laneInstructions()).isEqualTo(2 * 40 * 8);
        }
    }

    @Test
    void localMemoryIsEachThreadsOwn() {
        try (Stage stage = Stage.of("")) {
            stage.run("""
                .local .align 16 .b8 depot[64];
                mov.u64 %rd2, depot;
                cvta.local.u64 %rd3, %rd2;
                st.u32 [%rd3+8], %r1;
                ld.local.u32 %r2, [%rd2+8];
                isspacep.local %p1, %rd3;
                selp.u32 %r3, 100, 0, %p1;
                add.u32 %r2, %r2, %r3;
                st.global.u32 [%rd1], %r2;
                """, 1, 64);
            assertThat(stage.words(64))
                    .containsExactly(IntStream.range(100, 164).toArray());
        }
    }
}
