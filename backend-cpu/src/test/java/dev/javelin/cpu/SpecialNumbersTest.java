package dev.javelin.cpu;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.javelin.api.Format;
import dev.javelin.api.Shape;
import dev.javelin.api.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every number that a half precision weight can be: subnormal, infinite and no number included. */
final class SpecialNumbersTest {

    @ParameterizedTest
    @EnumSource
    void halfPrecision(VectorWidth width) {
        check(width, Format.F16);
    }

    @ParameterizedTest
    @EnumSource
    void brainFloats(VectorWidth width) {
        check(width, Format.BF16);
    }

    private static void check(VectorWidth width, Format format) {
        PanelMath math = Objects.requireNonNull(WidthKernels.of(width).panels(format));
        int columns = 1 << 16;
        int lanes = width.lanes();
        int unit = math.layout().unitLength();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment all = arena.allocate(2L * columns, 2);
            for (int i = 0; i < columns; i++) {
                all.setAtIndex(ValueLayout.JAVA_SHORT, i, (short) i);
            }
            MemorySegment panel = arena.allocate(math.layout().panelBytes(columns, lanes), 64);
            math.layout().pack(new Tensor("w", format, Shape.of(1, columns), all), 0, 1, panel, 0, lanes);
            MemorySegment tile = arena.allocate(Tile.bytes(width.bytes()), 64);
            for (int first = 0; first < columns; first += unit) {
                math.decode(panel, (long) first * lanes * Short.BYTES, 1, tile);
                for (int i = 0; i < unit; i++) {
                    float expected = format == Format.F16
                            ? Float.float16ToFloat((short) (first + i))
                            : Float.intBitsToFloat((first + i) << 16);
                    float actual = tile.getAtIndex(JAVA_FLOAT, (long) i * lanes);
                    assertThat(Float.floatToIntBits(actual)) // NaN as such, whatever its payload
                            .as("%s %x", format, first + i)
                            .isEqualTo(Float.floatToIntBits(expected));
                }
            }
        }
    }
}
