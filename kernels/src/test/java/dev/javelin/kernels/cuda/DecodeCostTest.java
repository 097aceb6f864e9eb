package dev.javelin.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.javelin.api.Format;
import dev.javelin.api.Limits;
import dev.javelin.api.Lowering;
import dev.javelin.api.Precision;
import dev.javelin.api.Program;
import dev.javelin.api.Shape;
import dev.javelin.api.Value;
import dev.javelin.kernels.device.WeightUse;
import dev.javelin.kernels.gpu.DeviceTraits;
import dev.javelin.kernels.gpu.Launch;
import dev.javelin.kernels.gpu.PlanFacts;
import dev.javelin.kernels.gpu.WeightForm;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a step of one token costs besides arithmetic: launches, and bytes of weights. */
class DecodeCostTest {
    private static final CudaKernels KERNELS = CudaKernels.of(
            new DeviceTraits(false, true, 32, true, 48 << 10, 1024, 132, 4, false), PtxTarget.SM_90);

    /** What is wanted is copied behind the last layer. */
    private static final int ROWS = 1;

    static Stream<Layer> layers() {
        return Stream.of(Layer.llama8B(Format.Q4_K), Layer.qwen3(Format.Q8_0));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void aLayerTakesSixLaunches(Layer shape) {
        Program lowered =
                Lowering.lower(shape.program(), KERNELS.fusions(), KERNELS::supports, "test");
        PlanFacts facts = new PlanFacts(new Limits(512, 8, 8, 8192), Precision.FAST, 16, Map.of());
        List<Launch> launches = lowered.ops().stream()
                .flatMap(op -> KERNELS.launches(op, facts).stream())
                .filter(launch -> launch.span().fewest() <= 1)
                .toList();
        assertThat(launches).hasSizeLessThanOrEqualTo(6 * shape.layers() + ROWS);
    }

    /** Each byte that is placed is read once: blocks share out the rows, and no row is read twice. */
    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"F16", "BF16", "Q4_0", "Q5_1", "Q8_0", "Q2_K", "Q4_K", "Q5_K", "Q6_K", "IQ4_XS", "TQ2_0", "MXFP4"})
    void weightsTakeHardlyMoreThanInTheFile(Format format) {
        Value weight = new Value(0, "w", Value.Kind.WEIGHT, format, Shape.of(4096, 4096));
        WeightForm form = KERNELS.form(weight, Set.of(WeightUse.MULTIPLY));
        long placed = form.planeBytes().stream().mapToLong(Long::longValue).sum() * (4096 / form.tileRows());
        assertThat(placed).isLessThanOrEqualTo(format.bytes(4096L * 4096) * 103 / 100);
    }
}
