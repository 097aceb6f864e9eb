package dev.javelin.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.javelin.api.Format;
import dev.javelin.api.Shape;
import dev.javelin.api.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is packed can be unpacked, byte for byte; the rest of a panel stays zero. */
final class PanelLayoutTest {
    private static final int LANES = 4;

    static Stream<PanelLayout> layouts() {
        return Stream.of(Format.values())
                .map(WidthKernels.of(VectorWidth.BITS_128)::panels)
                .flatMap(Stream::ofNullable)
                .map(PanelMath::layout);
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void unpackingReversesPacking(PanelLayout layout) {
        for (int blocks : new int[] {1, 2, 3, 64, 65}) {
            for (int rows = 1; rows <= LANES; rows++) {
                check(layout, blocks, rows, 0);
                check(layout, blocks, rows, 6); // rows of a slice have something between them
            }
        }
    }

    private static void check(PanelLayout layout, int blocks, int rows, int gap) {
        int columns = blocks * layout.format().blockLength();
        int rowBytes = blocks * layout.format().blockBytes();
        int stride = rowBytes + gap;
        byte[] bytes = new byte[rows * stride];
        new SplittableRandom(blocks * 31L + rows).nextBytes(bytes);
        Tensor tensor = new Tensor("w", layout.format(), Shape.of(rows, columns), MemorySegment.ofArray(bytes), stride);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment panel = arena.allocate(layout.panelBytes(columns, LANES), 64);
            layout.pack(tensor, 0, rows, panel, 0, LANES);
            for (int lane = 0; lane < LANES; lane++) {
                byte[] unpacked = unpack(layout, panel, lane, layout.units(columns));
                for (int i = 0; i < unpacked.length; i++) {
                    byte expected = lane < rows && i < rowBytes ? bytes[lane * stride + i] : 0;
                    assertThat(unpacked[i])
                            .as("%d blocks, lane %d, byte %d", blocks, lane, i)
                            .isEqualTo(expected);
                }
            }
        }
    }

    private static byte[] unpack(PanelLayout layout, MemorySegment panel, int lane, int units) {
        byte[] all = new byte[units * layout.unitBytes()];
        MemorySegment unit = MemorySegment.ofArray(new byte[layout.unitBytes()]);
        for (int i = 0; i < units; i++) {
            layout.unpack(panel, ((long) i * layout.words() * LANES + lane) * Integer.BYTES, LANES, unit);
            MemorySegment.copy(unit, ValueLayout.JAVA_BYTE, 0, all, i * layout.unitBytes(), layout.unitBytes());
        }
        return all;
    }

    @ParameterizedTest
    @EnumSource
    void unitsFitATile(VectorWidth width) {
        for (Format format : Format.values()) {
            PanelMath math = WidthKernels.of(width).panels(format);
            if (math != null) {
                PanelLayout layout = math.layout();
                assertThat(layout.format()).isEqualTo(format);
                assertThat(Tile.LENGTH % layout.unitLength()).as("%s", format).isZero();
                assertThat(layout.unitLength() % math.chain()).as("%s", format).isZero();
                assertThat(math.chain()).as("%s", format).isGreaterThanOrEqualTo(Tile.CHAIN);
            }
        }
    }

    @Test
    void theCommonFormatsHavePanels() {
        assertThat(layouts().map(PanelLayout::format))
                .contains(Format.F32, Format.F16, Format.BF16, Format.Q4_0, Format.Q8_0, Format.Q4_K, Format.Q6_K);
    }
}
