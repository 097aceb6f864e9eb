package dev.javelin.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormatTest {

    @ParameterizedTest
    @EnumSource(Format.class)
    void isFoundByItsId(Format format) {
        assertThat(Format.ofGgufId(format.ggufId())).isEqualTo(format);
    }

    @Test
    void idsAreUnique() {
        Set<Integer> ids = new HashSet<>();
        for (Format format : Format.values()) {
            assertThat(ids.add(format.ggufId())).as(format.name()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "4, Q4_2, Q4_0",
        "5, Q4_3, Q4_1",
        "9, Q8_1, Q8_0",
        "31, Q4_0_4_4, Q4_0",
        "32, Q4_0_4_8, Q4_0",
        "33, Q4_0_8_8, Q4_0",
        "36, IQ4_NL_4_4, IQ4_NL",
        "36, I2_S, TQ2_0",
        "36, bitnet.cpp, TQ2_0",
        "37, IQ4_NL_4_8, IQ4_NL",
        "37, I8_S, TQ2_0",
        "38, IQ4_NL_8_8, IQ4_NL",
        "38, TL1, TQ2_0",
        "134, IQ1_BN, Q4_K",
        "137, IQ2_K, ik_llama.cpp",
        "142, PQ2_0, Q2_0",
        "143, IQ1_TN, Q4_K",
        "212, Q4_K_R4, Q4_K"
    })
    void refusesRetiredAndForeignFormatsByName(int id, String name, String remedy) {
        assertThatThrownBy(() -> Format.ofGgufId(id))
                .isInstanceOf(UnsupportedFormatException.class)
                .hasMessageContaining("id=" + id)
                .hasMessageContaining(name)
                .hasMessageContaining(remedy);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 43, 1000, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void refusesUnknownIds(int id) {
        assertThatThrownBy(() -> Format.ofGgufId(id))
                .isInstanceOf(UnsupportedFormatException.class)
                .hasMessageContaining("id=" + id)
                .hasMessageContaining("unknown")
                .hasMessageContaining("Q8_0");
    }

    @Test
    void countsBytesExactly() {
        assertThat(Format.Q4_K.bytes(0)).isZero();
        assertThat(Format.Q4_K.bytes(256)).isEqualTo(144);
        assertThat(Format.Q4_K.bytes(256L << 40)).isEqualTo(144L << 40);
        assertThat(Format.F32.bytes(3)).isEqualTo(12);
        assertThat(Format.Q5_K.bitsPerElement()).isEqualTo(5.5);
    }

    @Test
    void refusesCountsThatAreNotWholeBlocks() {
        assertThatThrownBy(() -> Format.Q4_K.bytes(255))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("elements=255")
                .hasMessageContaining("Q4_K")
                .hasMessageContaining("blockLength=256");
        assertThatThrownBy(() -> Format.Q4_K.bytes(-256))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(">= 0");
    }

    @Test
    void refusesCountsWhoseBytesDoNotFit() {
        assertThat(Format.F32.bytes(Long.MAX_VALUE / 4)).isPositive();
        assertThatThrownBy(() -> Format.F32.bytes(Long.MAX_VALUE / 4 + 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("63 bits");
    }

    @Test
    void integersAndDoublesAreForStorageOnly() {
        assertThat(Arrays.stream(Format.values()).filter(Format::storageOnly))
                .containsExactlyInAnyOrder(Format.F64, Format.I8, Format.I16, Format.I32, Format.I64);
    }
}
