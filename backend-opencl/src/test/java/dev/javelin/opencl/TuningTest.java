package dev.javelin.opencl;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.javelin.api.Buffer;
import dev.javelin.api.Device;
import dev.javelin.api.Dim.Symbol;
import dev.javelin.api.Format;
import dev.javelin.api.Limits;
import dev.javelin.api.LoadListener;
import dev.javelin.api.MatMul;
import dev.javelin.api.OpenOptions;
import dev.javelin.api.Plan;
import dev.javelin.api.PlanSpec;
import dev.javelin.api.Precision;
import dev.javelin.api.Program;
import dev.javelin.api.Shape;
import dev.javelin.api.Step;
import dev.javelin.api.Tensor;
import dev.javelin.api.Value;
import dev.javelin.api.Weights;
import dev.javelin.kernels.gpu.DeviceTraits;
import dev.javelin.kernels.opencl.Tuning;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The search for the best sizes: when it is made, that it is kept, and that products stay right. */
class TuningTest {
    private static final int K = 1024;

    private final OpenCl real = Found.require(Bindings.JOCL);
    private final AtomicInteger measured = new AtomicInteger();
    private final OpenCl counted = Found.watched((proxy, method, arguments) -> {
        if (method.getName().equals("getEventEnd")) {
            measured.incrementAndGet();
        }
        return Found.ask(real, method, arguments);
    });
    private final ClDevice found = Found.devices(counted).getFirst().asGpu();

    @TempDir
    Path folder;

    private int run(ProgramCache cache, int rows) {
        measured.set(0);
        float[] numbers = new float[rows * K];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (i * 37 % 101 - 50) / 50f;
        }
        Program.Builder builder = Program.builder("product");
        Value in = builder.input("x", Format.F32, Shape.rows(Symbol.TOKENS, K));
        Value matrix = builder.weight("w", Format.F32, Shape.of(rows, K));
        Value out = builder.result("out", Shape.rows(Symbol.TOKENS, rows));
        Program program = builder.add(new MatMul(out, in, matrix)).output(out).build();
        Limits limits = new Limits(1, 1, 1, 1);
        try (Arena arena = Arena.ofShared();
                Device device = OpenClBackend.open(counted, found, cache, true);
                Weights weights = device.place(
                        List.of(program),
                        name -> new Tensor(
                                name, Format.F32, Shape.of(rows, K), arena.allocateFrom(JAVA_FLOAT, numbers)),
                        LoadListener.NONE);
                Buffer x = device.openBuffer(4L * K);
                Plan plan = device.prepare(
                        new PlanSpec(program, limits, Precision.EXACT),
                        dev.javelin.api.Bindings.NONE.with("x", x).with(weights));
                Step step = new Step(limits)) {
            x.write(0, MemorySegment.ofArray(numbers).asSlice(4, 4L * K));
            step.addSequence();
            step.addToken(0, 0, 0);
            plan.run(step).await();
            float[] product = plan.output("out").toArray(JAVA_FLOAT);
            for (int row = 0; row < rows; row += 97) {
                double sum = 0;
                for (int i = 0; i < K; i++) {
                    sum += (double) numbers[row * K + i] * numbers[i + 1];
                }
                assertThat((double) product[row]).isCloseTo(sum, within(1e-3));
            }
        }
        return measured.get();
    }

    /** What is kept of that device and format. */
    private String key() {
        return ProgramCache.key("tuning 1", found.driver(), found.traits().toString(), "F32");
    }

    @Test
    void isMadeOnceForLargeMatrices() {
        ProgramCache cache = new ProgramCache(folder.resolve("made"));
        assertThat(run(cache, 64)).as("a small one").isZero();
        assertThat(run(cache, 1024)).isGreaterThanOrEqualTo(2);
        String kept = new String(cache.load(key()), StandardCharsets.UTF_8);
        assertThat(Tuning.of(kept, found.traits())).isNotNull();
        assertThat(run(cache, 1024)).as("known").isZero();
        cache.store(key(), "rows=8 side=8".getBytes(StandardCharsets.UTF_8));
        assertThat(run(cache, 1024)).as("other sizes serve too").isZero();
    }

    @Test
    void whatIsNoResultIsFoundAnew() throws Exception {
        ProgramCache cache = new ProgramCache(folder.resolve("made"));
        cache.store(key(), "rows=16 side=5000".getBytes(StandardCharsets.UTF_8));
        assertThat(run(cache, 1024)).isPositive();
        assertThat(Tuning.of(new String(cache.load(key()), StandardCharsets.UTF_8), found.traits()))
                .isNotNull();
        ProgramCache nowhere = new ProgramCache(Files.createFile(folder.resolve("file")));
        assertThat(run(nowhere, 1024)).isPositive();
    }

    @Test
    void onlyPossibleSizesAreRead() {
        DeviceTraits traits = found.traits();
        assertThat(Tuning.of(Tuning.usual(traits).text(), traits)).isEqualTo(Tuning.usual(traits));
        for (String text : new String[] {"", "rows=7 side=8", "rows=16", "rows=16 side=0", "rows=99999 side=8"}) {
            assertThat(Tuning.of(text, traits)).as(text).isNull();
        }
        assertThat(Tuning.of("rows=16 side=16", GroupFit.withGroups(traits, 64)))
                .as("of larger groups")
                .isNull();
    }

    @Test
    void anOptionSaysWhether() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Found.backend(Bindings.JOCL)
                        .open(Found.devices(real).getFirst().info(), OpenOptions.of("tune", "maybe")))
                .withMessage("the option must be on or off: tune=maybe");
    }
}
