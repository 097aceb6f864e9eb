package dev.javelin.kernels.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BFloat16Test {

    @Test
    void everyValueComesBack() {
        for (int bits = 0; bits <= 0xFFFF; bits++) {
            float value = BFloat16.toFloat((short) bits);
            int back = BFloat16.ofFloat(value) & 0xFFFF;
            assertThat(back).isEqualTo(Float.isNaN(value) ? bits | 0x40 : bits);
        }
    }

    @Test
    void roundsToNearestAndTiesToEven() {
        assertThat(round(0x3F80_0000)).isEqualTo(0x3F80);
        assertThat(round(0x3F80_7FFF)).isEqualTo(0x3F80);
        assertThat(round(0x3F80_8000)).isEqualTo(0x3F80);
        assertThat(round(0x3F80_8001)).isEqualTo(0x3F81);
        assertThat(round(0x3F81_8000)).isEqualTo(0x3F82);
        assertThat(round(0xBF81_8000)).isEqualTo(0xBF82);
    }

    @Test
    void keepsSubnormalsAndOverflowsToInfinity() {
        assertThat(round(0x0001_0000)).isEqualTo(0x0001);
        assertThat(round(0x0000_8001)).isEqualTo(0x0001);
        assertThat(round(0x0000_8000)).isEqualTo(0x0000);
        assertThat(round(0x7F7F_FFFF)).isEqualTo(0x7F80);
        assertThat(round(0x7F7F_7FFF)).isEqualTo(0x7F7F);
        assertThat(round(0xFF80_0000)).isEqualTo(0xFF80);
    }

    @Test
    void aNaNStaysOneEvenIfItsPayloadIsCutOff() {
        assertThat(BFloat16.toFloat(BFloat16.ofFloat(Float.intBitsToFloat(0x7F80_0001))))
                .isNaN();
        assertThat(BFloat16.toFloat(BFloat16.ofFloat(Float.intBitsToFloat(0x7FFF_FFFF))))
                .isNaN();
        assertThat(BFloat16.toFloat(BFloat16.ofFloat(Float.intBitsToFloat(0xFFFF_FFFF))))
                .isNaN();
    }

    private static int round(int bits) {
        return BFloat16.ofFloat(Float.intBitsToFloat(bits)) & 0xFFFF;
    }
}
