package dev.javelin.cpu;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.javelin.api.Format;
import dev.javelin.api.Shape;
import dev.javelin.api.Tensor;
import dev.javelin.kernels.format.Codecs;
import dev.javelin.kernels.host.Placing;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows read back from panels are what the codec makes of the original, bit for bit. */
final class GatherTest {
    private static final int ROWS = 19;

    @ParameterizedTest
    @EnumSource
    void rowsAreTheCodecs(VectorWidth width) {
        for (Format format : Format.values()) {
            PanelMath math = WidthKernels.of(width).panels(format);
            if (math != null) {
                check(math, width, 1);
                check(math, width, 3);
                check(math, width, 65);
            }
        }
    }

    private static void check(PanelMath math, VectorWidth width, int blocks) {
        Format format = math.layout().format();
        int columns = blocks * format.blockLength();
        byte[] bytes = new byte[Math.toIntExact(format.bytes((long) ROWS * columns))];
        new SplittableRandom(blocks).nextBytes(bytes);
        MemorySegment data = MemorySegment.ofArray(bytes);
        Tensor tensor = new Tensor("w", format, Shape.of(ROWS, columns), data);
        try (Arena arena = Arena.ofShared();
                Threads threads = Threads.start("gather", 2, width)) {
            Panels panels = Panels.pack(tensor, math, width.lanes(), placing(arena), threads.pool());
            MemorySegment out = arena.allocate((long) columns * Float.BYTES, 64);
            float[] expected = new float[columns];
            for (int row = 0; row < ROWS; row++) {
                Codecs.of(format).decode(data, row * tensor.rowStride(), expected, 0, columns);
                panels.gather(row, 1, out, 0, threads.workspace().worker(0));
                for (int i = 0; i < columns; i++) {
                    assertThat(Float.floatToIntBits(out.getAtIndex(JAVA_FLOAT, i)))
                            .as("%s %s row %d column %d", format, width, row, i)
                            .isEqualTo(Float.floatToIntBits(expected[i]));
                }
            }
        }
    }

    private static Placing placing(Arena arena) {
        return new Placing() {
            @Override
            public MemorySegment allocate(long bytes) {
                return arena.allocate(bytes, 64);
            }

            @Override
            public void advance(long sourceBytes) {
                // nobody watches
            }
        };
    }
}
