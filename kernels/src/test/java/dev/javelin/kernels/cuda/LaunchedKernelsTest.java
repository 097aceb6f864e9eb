package dev.javelin.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.javelin.api.Limits;
import dev.javelin.api.Op;
import dev.javelin.api.Precision;
import dev.javelin.kernels.gpu.Arg;
import dev.javelin.kernels.gpu.DeviceTraits;
import dev.javelin.kernels.gpu.KernelId;
import dev.javelin.kernels.gpu.Launch;
import dev.javelin.kernels.gpu.PlanFacts;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is launched is shipped, takes the arguments that it gets, and nothing else is shipped. */
class LaunchedKernelsTest {
    private static final DeviceTraits TRAITS =
            new DeviceTraits(false, true, 32, true, 48 << 10, 1024, 132, 4, false);

    /** Biases and masks, so that whatever may be launched is. */
    private static final Limits LIMITS = new Limits(64, 4, 4, 4096, new Limits.Extras(0, 512, 4, true));

    private static Stream<Launch> launches(PtxTarget target) {
        CudaKernels kernels = CudaKernels.of(TRAITS, target);
        return EnumSet.allOf(Precision.class).stream().flatMap(precision -> {
            PlanFacts facts = new PlanFacts(LIMITS, precision, 16, Map.of());
            return EveryOperation.all().filter(kernels::supports).flatMap(op -> kernels.launches(op, facts).stream());
        });
    }

    @ParameterizedTest
    @EnumSource(PtxTarget.class)
    void everyLaunchFindsAKernelThatTakesItsArguments(PtxTarget target) {
        CudaKernels kernels = CudaKernels.of(TRAITS, target);
        Map<String, Map<String, List<String>>> modules = launches(target)
                .map(Launch::kernel)
                .distinct()
                .collect(Collectors.toMap(
                        KernelId::file, id -> new PtxText(kernels.text(id)).entries(), (first, same) -> first));
        assertThat(launches(target)).allSatisfy(launch -> {
            List<String> parameters = modules.getOrDefault(launch.kernel().file(), Map.of())
                    .getOrDefault(launch.kernel().entry(), List.of());
            assertThat(parameters).as("%s", launch.kernel()).hasSameSizeAs(launch.args());
            for (int i = 0; i < parameters.size(); i++) {
                assertThat(parameters.get(i))
                        .as("%s: argument %d, %s", launch.kernel(), i, launch.args().get(i))
                        .isIn(types(launch.args().get(i)));
            }
        });
    }

    private static Set<String> types(Arg arg) {
        return switch (arg) {
            case Arg.Int number -> Set.of("u32", "s32", "b32");
            case Arg.Real number -> Set.of("f32", "b32");
            default -> Set.of("u64", "b64");
        };
    }

    @ParameterizedTest
    @EnumSource(PtxTarget.class)
    void operationsThatAreNotFusedAreSupported(PtxTarget target) {
        CudaKernels kernels = CudaKernels.of(TRAITS, target);
        assertThat(EveryOperation.all()).allMatch((Op op) -> kernels.supports(op));
    }

    @Test
    void whatIsShippedIsLaunched() {
        Set<String> launched = new TreeSet<>();
        for (PtxTarget target : PtxTarget.values()) {
            launches(target).forEach(launch -> launched.add(launch.kernel().file() + " "
                    + launch.kernel().entry()));
        }
        Set<String> shipped = new TreeSet<>();
        for (Shipped module : Shipped.all()) {
            module.ptx().entries().keySet().forEach(entry -> shipped.add(module.module() + " " + entry));
        }
        assertThat(shipped).isEqualTo(launched);
    }
}
