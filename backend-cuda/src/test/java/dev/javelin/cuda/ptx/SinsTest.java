package dev.javelin.cuda.ptx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.javelin.cuda.ptx.Fault.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kernels that do what hardware would not forgive, or would forgive only sometimes: each is told what it did, and where. */
class SinsTest {
    private static final String WORDS = ".shared .align 16 .b8 s[256];";

    /** Where each lane's word of shared memory is. */
    private static final String PLACE = "mov.u32 %r2, s; shl.b32 %r3, %r1, 2; add.u32 %r2, %r2, %r3; ";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "one word too far   | OUT_OF_BOUNDS | st.global.u32 [%rd1+1024], %r1;",
                "one word too early | OUT_OF_BOUNDS | ld.global.u32 %r2, [%rd1+-4];",
                "no address at all  | OUT_OF_BOUNDS | mov.u64 %rd2, 0; ld.global.u32 %r2, [%rd2];",
                "odd word           | MISALIGNED    | ld.global.u32 %r2, [%rd0+2];",
                "vector of words    | MISALIGNED    | ld.global.v4.u32 {%r2, %r3, %r4, %r5}, [%rd0+8];",
                "atomic             | MISALIGNED    | atom.global.add.u32 %r2, [%rd0+2], 1;",
                "generic            | OUT_OF_BOUNDS | mov.u64 %rd2, s; cvta.shared.u64 %rd2, %rd2; st.u32 [%rd2+256],"
                        + " %r1;",
                "shared             | OUT_OF_BOUNDS | st.shared.u32 [s+256], %r1;",
                "shared vector      | MISALIGNED    | st.shared.v2.u32 [s+4], {%r1, %r1};",
                "not written        | UNINITIALISED | ld.shared.u32 %r2, [s];",
                "half of it written | UNINITIALISED | setp.ne.u32 %p1, %r1, 0; @%p1 ret; st.shared.u16 [s], %rs1;"
                        + " ld.shared.u32 %r2, [s];",
                "parameter          | OUT_OF_BOUNDS | ld.param.u32 %r2, [n+4];",
                "constant           | READ_ONLY     | mov.u64 %rd2, c; cvta.const.u64 %rd2, %rd2; st.u32 [%rd2], %r1;",
                "the kernel's own   | TRAP          | trap;",
                "endless            | BUDGET        | LOOP: bra.uni LOOP;",
                "barrier in a part  | DIVERGENT_BARRIER | setp.lt.u32 %p1, %r1, 5; @%p1 bra IN; bra OUT; IN: bar.sync"
                        + " 0; OUT:",
                "guarded barrier    | DIVERGENT_BARRIER | setp.lt.u32 %p1, %r1, 5; @%p1 bar.sync 0;",
                "after some ended   | DIVERGENT_BARRIER | setp.lt.u32 %p1, %r1, 5; @%p1 ret; bar.sync 0;",
                "nobody else comes  | DEADLOCK      | setp.ge.u32 %p1, %r1, 32; @%p1 bra OUT; bar.sync 0; OUT:",
                "too many invited   | DIVERGENT_BARRIER | bar.sync 0, 128;",
                "lane is not there  | INACTIVE_LANE | setp.lt.u32 %p1, %r1, 5; @%p1 shfl.sync.bfly.b32 %r2, %r1, 1,"
                        + " 31, -1;",
                "lane is not named  | INACTIVE_LANE | shfl.sync.idx.b32 %r2, %r1, 0, 31, 0xfffffffe;",
                "vote of a part     | INACTIVE_LANE | setp.lt.u32 %p1, %r1, 5; @%p1 vote.sync.any.pred %p2, %p1, -1;",
                "ldmatrix of a part | INACTIVE_LANE | setp.lt.u32 %p1, %r1, 5; "
                        + "@%p1 ldmatrix.sync.aligned.m8n8.x1.shared.b16 {%r2}, [s];",
                "no such branch     | OUT_OF_BOUNDS | T: .branchtargets A; A: add.u32 %r2, %r1, 1; brx.idx %r2, T;",
            })
    void isTold(String name, Kind kind, String body) {
        try (Stage stage = Stage.of(WORDS + " .const .b32 c = 5;")) {
            assertThatExceptionOfType(Fault.class)
                    .as(name)
                    .isThrownBy(() -> stage.run(body, 1, 64))
                    .satisfies(fault -> assertThat(fault.kind()).isEqualTo(kind));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "all write one word         | st.shared.u32 [s], %r1;",
                "reads what others write    | st.shared.u32 [%r2], %r1; ld.shared.u32 %r4, [s+4];",
                "writes what others read    | st.shared.u32 [s], 7; ld.shared.u32 %r4, [s]; st.shared.u32 [s], 8;",
                "only the warp is in step   | st.shared.u32 [%r2], %r1; bar.warp.sync -1; ld.shared.u32 %r4, [s+128];",
                "bytes of the same word     | cvt.u16.u32 %rs1, %r1; st.shared.u16 [s+2], %rs1;",
                "a word over others' bytes  | st.shared.u8 [s+2], 1; st.shared.u32 [s], %r1;",
                "atomic, and then not       | atom.shared.add.u32 %r4, [s+192], 1; ld.shared.u32 %r5, [s+192];",
            })
    void seesRaces(String name, String body) {
        try (Stage stage = Stage.of(WORDS)) {
            String begin = PLACE + "st.shared.u32 [%r2], 0; bar.sync 0; ";
            assertThatExceptionOfType(Fault.class)
                    .as(name)
                    .isThrownBy(() -> stage.run(begin + body, 1, 64))
                    .satisfies(fault -> assertThat(fault.kind()).isEqualTo(Kind.RACE));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "all write the same     | st.shared.u32 [s], 7;",
                "a barrier between      | st.shared.u32 [%r2], %r1; bar.sync 0; ld.shared.u32 %r4, [s+4]; bar.sync 0; "
                        + "st.shared.u32 [%r2], 8;",
                "their own warp's       | st.shared.u32 [%r2], %r1; bar.warp.sync -1; xor.b32 %r3, %r3, 4; "
                        + "mov.u32 %r4, s; add.u32 %r4, %r4, %r3; ld.shared.u32 %r5, [%r4];",
                "bytes side by side     | shr.u32 %r4, %r3, 2; mov.u32 %r5, s; add.u32 %r5, %r5, %r4; st.shared.u8"
                        + " [%r5], 1;",
                "atomic ones            | atom.shared.add.u32 %r4, [s], 1; atom.shared.max.u32 %r4, [s], 5;",
                "a barrier that counts  | st.shared.u32 [%r2], %r1; bar.red.popc.u32 %r4, 1, %p1; ld.shared.u32 %r5,"
                        + " [s+128];",
            })
    void seesNoRaceInOrder(String name, String body) {
        try (Stage stage = Stage.of(WORDS)) {
            stage.run(PLACE + "st.shared.u32 [%r2], 0; bar.sync 0; " + body, 3, 64);
            assertThat(stage.device().counters().launches()).as(name).isEqualTo(1);
        }
    }

    @Test
    void toldWhere() {
        try (Stage stage = Stage.of("")) {
            assertThatExceptionOfType(Fault.class)
                    .isThrownBy(() -> stage.run("st.global.u32 [%rd1+996], %r1;", 1, 64))
                    .withMessage("OUT_OF_BOUNDS: 4 bytes of global memory at 0x1000000400, 0 bytes behind the end of "
                            + "allocation of 1024 bytes at 0x1000000000; kernel=test, block=(0,0,0), "
                            + "thread=(7,0,0), lane=7, line 18: st.global.u32 [%rd1+996], %r1;");
        }
    }

    @Test
    void memoryThatWasGivenBackIsNobodys() {
        try (Stage stage = Stage.of("")) {
            stage.device().free(stage.memory());
            assertThatExceptionOfType(Fault.class)
                    .isThrownBy(() -> stage.run("ld.global.u32 %r2, [%rd1];", 1, 32))
                    .satisfies(fault -> assertThat(fault.kind()).isEqualTo(Kind.USE_AFTER_FREE));
        }
    }

    @Test
    void globalMemoryThatNobodyWrote() {
        try (Stage stage = new Stage("", true)) {
            stage.run("st.global.u32 [%rd1], %r1; ld.global.u32 %r2, [%rd1];", 1, 32);
            assertThatExceptionOfType(Fault.class)
                    .isThrownBy(() -> stage.run("ld.global.u32 %r2, [%rd1+4];", 1, 32))
                    .satisfies(fault -> assertThat(fault.kind()).isEqualTo(Kind.UNINITIALISED));
        }
    }

    @ParameterizedTest
    @CsvSource({"64, 1, 0", "33, 1, 0", "32, 0, 0", "32, 1, 61440"})
    void launchesThatCannotBe(int threads, int blocks, int dynamicBytes) {
        try (Stage stage = Stage.of(WORDS)) {
            Kernel kernel = stage.kernel(".maxntid 32, 1, 1", "");
            assertThatExceptionOfType(Fault.class)
                    .isThrownBy(() -> stage.run(kernel, blocks, threads, dynamicBytes))
                    .satisfies(fault -> assertThat(fault.kind()).isEqualTo(Kind.LAUNCH));
        }
    }

    @Test
    void dynamicSharedMemoryWhereTheFunctionAllowsIt() {
        try (Stage stage = Stage.of(WORDS)) {
            Kernel kernel = stage.kernel("", "");
            kernel.allowDynamic(61440);
            stage.run(kernel, 1, 32, 61440);
            assertThat(stage.device().counters().launches()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "frobnicate.u32 %r2, %r1;             | line 18: unknown instruction frobnicate in 'frobnicate.u32'",
                "add.wild.u32 %r2, %r1, 1;            | line 18: unknown modifier .wild in 'add.wild.u32'",
                "ld.global.L3::far.u32 %r2, [%rd0];   | line 18: unknown modifier .L3::far in 'ld.global.L3::far.u32'",
                "mov.u32 %r2, %nowhere;               | line 18: unknown register %nowhere in 'mov.u32'",
                "mov.u64 %rd2, nothing;               | line 18: unknown variable nothing in 'mov.u64'",
                "bra NOWHERE;                         | line 18: unknown label NOWHERE in 'bra'",
                "add.u32 %r2, %r1;                    | line 18: expected 3 operands, found 2 in 'add.u32'",
                "add.u64 %r2, %rd1, %rd1;             | line 18: expected a register of 64 bits, found %r2 in"
                        + " 'add.u64'",
            })
    void whatIsUnknownIsRefused(String body, String message) {
        try (Stage stage = Stage.of("")) {
            assertThatExceptionOfType(PtxException.class)
                    .isThrownBy(() -> stage.kernel("", body))
                    .withMessage(message);
        }
    }
}
