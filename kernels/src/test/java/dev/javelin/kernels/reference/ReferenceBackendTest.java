package dev.javelin.kernels.reference;

import static dev.javelin.api.Dim.Symbol.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.javelin.api.Backend;
import dev.javelin.api.Bindings;
import dev.javelin.api.Buffer;
import dev.javelin.api.Device;
import dev.javelin.api.DeviceInfo;
import dev.javelin.api.Format;
import dev.javelin.api.Limits;
import dev.javelin.api.LoadCancelledException;
import dev.javelin.api.LoadListener;
import dev.javelin.api.MatMul;
import dev.javelin.api.OpTime;
import dev.javelin.api.OpenOptions;
import dev.javelin.api.Plan;
import dev.javelin.api.PlanSpec;
import dev.javelin.api.Precision;
import dev.javelin.api.Probe;
import dev.javelin.api.Program;
import dev.javelin.api.Scale;
import dev.javelin.api.Shape;
import dev.javelin.api.Step;
import dev.javelin.api.Tensor;
import dev.javelin.api.Value;
import dev.javelin.api.WeightSource;
import dev.javelin.api.Weights;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ReferenceBackendTest {
    private static final Limits LIMITS = new Limits(2, 1, 1, 2);

    private final Backend backend = new ReferenceBackend();

    /** Twice x, times a matrix: two operations, so that there is a temporary. */
    private static Program program() {
        Program.Builder program = Program.builder("two ops");
        Value x = program.input("x", Format.F32, Shape.rows(TOKENS, 2));
        Value twice = program.result("twice", Shape.rows(TOKENS, 2));
        Value out = program.result("out", Shape.rows(TOKENS, 1));
        return program.add(new Scale(twice, x, 2))
                .add(new MatMul(out, twice, program.weight("matrix", Format.F32, Shape.of(1, 2))))
                .output(out)
                .build();
    }

    private static final WeightSource SOURCE =
            name -> new Tensor(name, Format.F32, Shape.of(1, 2), MemorySegment.ofArray(new float[] {1, 10}));

    private static void fill(Step step) {
        step.addSequence();
        step.addToken(0, 0, 0);
        step.addToken(0, 1, 1);
    }

    @Test
    void isFoundAsAServiceUnderItsName() {
        assertThat(ServiceLoader.load(Backend.class))
                .anySatisfy(found -> assertThat(found)
                        .isInstanceOf(ReferenceBackend.class)
                        .extracting(Backend::id)
                        .isEqualTo("reference"));
    }

    @Test
    void alwaysFindsOneDeviceForComparison() {
        assertThat(backend.probe()).isInstanceOfSatisfying(Probe.Found.class, found -> {
            assertThat(found.devices()).hasSize(1);
            DeviceInfo info = found.devices().getFirst();
            assertThat(info.id()).isEqualTo("reference:0");
            assertThat(info.kind()).isEqualTo(DeviceInfo.Kind.REFERENCE);
            assertThat(info.memoryTotal()).isGreaterThanOrEqualTo(info.memoryFree());
            assertThat(info.memoryFree()).isPositive();
        });
    }

    @Test
    void refusesOtherDevicesAndUnknownOptions() {
        DeviceInfo other = new DeviceInfo("cpu:0", "CPU", DeviceInfo.Kind.CPU, 1, 1, Set.of(), true);
        DeviceInfo own = ((Probe.Found) backend.probe()).devices().getFirst();

        assertThatThrownBy(() -> backend.open(other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("device=cpu:0");
        assertThatThrownBy(() -> backend.open(own, OpenOptions.of("threads", "4")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("threads");
    }

    @Test
    void leavesWeightsWhereTheyAre() {
        try (Device device = Rig.open();
                Weights weights = device.place(List.of(program()), SOURCE, LoadListener.NONE)) {
            assertThat(weights.retainsSource()).isTrue();
            assertThat(weights.bytes()).isZero();
            assertThat(device.weightBytes(List.of(program()))).isZero();
        }
    }

    @Test
    void reportsAndCancelsPlacing() {
        long[] seen = new long[2];
        LoadListener counting = (done, total) -> {
            seen[0] = done;
            seen[1] = total;
        };
        LoadListener cancelling = new LoadListener() {
            @Override
            public void progress(long done, long total) {}

            @Override
            public boolean cancelled() {
                return true;
            }
        };
        try (Device device = Rig.open()) {
            device.place(List.of(program()), SOURCE, counting).close();
            assertThat(seen).containsExactly(8, 8);
            assertThatThrownBy(() -> device.place(List.of(program()), SOURCE, cancelling))
                    .isInstanceOf(LoadCancelledException.class);
            assertThat(device.memoryUse().open()).isZero();
        }
    }

    @Test
    void calculatesExactlyInEveryPrecision() {
        try (Device device = Rig.open()) {
            for (Precision precision : Precision.values()) {
                assertThat(device.activation(program().ops().getLast(), precision))
                        .isEqualTo(Format.F32);
            }
        }
    }

    @Test
    void measuresEachOperationOfAProfiledPlanOnly() {
        PlanSpec plain = new PlanSpec(program(), LIMITS, Precision.EXACT);
        PlanSpec profiled = new PlanSpec(program(), LIMITS, Precision.EXACT, true);
        try (Device device = Rig.open();
                Buffer x = device.openBuffer(16);
                Weights weights = device.place(List.of(program()), SOURCE, LoadListener.NONE);
                Plan unmeasured =
                        device.prepare(plain, Bindings.NONE.with(weights).with("x", x));
                Plan measured =
                        device.prepare(profiled, Bindings.NONE.with(weights).with("x", x));
                Step step = new Step(LIMITS)) {
            fill(step);
            for (int run = 0; run < 3; run++) {
                unmeasured.run(step).await();
                measured.run(step).await();
            }

            assertThat(unmeasured.profile()).isEmpty();
            assertThat(measured.profile())
                    .extracting(OpTime::op)
                    .isEqualTo(program().ops());
            assertThat(measured.profile()).allMatch(time -> time.runs() == 3 && time.nanos() > 0);
        }
    }

    @Test
    void leavesABoundOutputInItsBuffer() {
        try (Device device = Rig.open();
                Buffer x = device.openBuffer(16);
                Buffer out = device.openBuffer(12);
                Weights weights = device.place(List.of(program()), SOURCE, LoadListener.NONE);
                Plan plan = device.prepare(
                        new PlanSpec(program(), LIMITS, Precision.EXACT),
                        Bindings.NONE.with(weights).with("x", x).with("out", out));
                Step step = new Step(LIMITS)) {
            fill(step);
            x.write(0, MemorySegment.ofArray(new float[] {1, 2, 3, 4}));
            out.write(8, MemorySegment.ofArray(new float[] {-1}));
            plan.run(step).await();

            float[] numbers = new float[3];
            out.read(0, MemorySegment.ofArray(numbers));
            assertThat(numbers).as("and nothing beyond it").containsExactly(42, 86, -1);
            assertThatThrownBy(() -> plan.output("out")).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
