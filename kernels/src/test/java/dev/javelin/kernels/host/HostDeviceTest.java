package dev.javelin.kernels.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.javelin.api.Activation;
import dev.javelin.api.Bindings;
import dev.javelin.api.Buffer;
import dev.javelin.api.DeviceMemoryException;
import dev.javelin.api.Dim.Symbol;
import dev.javelin.api.Embed;
import dev.javelin.api.Format;
import dev.javelin.api.KvGroup;
import dev.javelin.api.Limits;
import dev.javelin.api.LoadListener;
import dev.javelin.api.MemoryUse;
import dev.javelin.api.Plan;
import dev.javelin.api.PlanSpec;
import dev.javelin.api.Precision;
import dev.javelin.api.Program;
import dev.javelin.api.Scale;
import dev.javelin.api.Shape;
import dev.javelin.api.StateSpec;
import dev.javelin.api.StateStore;
import dev.javelin.api.Step;
import dev.javelin.api.Tensor;
import dev.javelin.api.Unary;
import dev.javelin.api.UnsupportedOpException;
import dev.javelin.api.Value;
import dev.javelin.api.WeightSource;
import dev.javelin.api.Weights;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is open on a device, how much memory that takes, and what is left after closing. */
class HostDeviceTest {
    private static final MemoryUse NOTHING = new MemoryUse(0, 0, 0, 0, 0);
    private static final KvGroup GROUP = new KvGroup("g", 1, 1, 8, 8, 0, Format.F32, Format.F32);

    private final ToyEngine engine = new ToyEngine(1 << 16);
    private final HostDevice<MemorySegment> device = new HostDevice<>(engine);

    /** With all the memory there could be, so that only the host itself can refuse. */
    private final HostDevice<MemorySegment> boundless = new HostDevice<>(new ToyEngine(Long.MAX_VALUE));

    @AfterEach
    void close() {
        device.close();
        boundless.close();
    }

    private static StateSpec states(int blocks) {
        return new StateSpec(4, List.of(new StateSpec.Blocks(GROUP, blocks)));
    }

    private static void isClosed(ThrowingCallable call, String what) {
        assertThatThrownBy(call)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the %s closed: device=toy:0".formatted(what));
    }

    @Test
    void countsWhatIsOpen() {
        Weights weights = Toys.place(device, Toys.counting());
        assertThat(device.memoryUse()).isEqualTo(new MemoryUse(256, 0, 0, 0, 1));
        assertThat(weights.bytes()).isEqualTo(device.weightBytes(List.of(Toys.counting())));
        StateStore states = device.openStates(states(3));
        assertThat(device.memoryUse().states()).isEqualTo(3 * 4 * 64).isEqualTo(device.stateBytes(states(3)));
        Buffer buffer = device.openBuffer(100);
        assertThat(device.memoryUse().buffers()).isEqualTo(100).isEqualTo(buffer.bytes());
        Plan plan = device.prepare(Toys.spec(Toys.counting()), Bindings.NONE.with(weights));
        assertThat(device.memoryUse().plans()).isEqualTo(device.planBytes(Toys.spec(Toys.counting())));
        assertThat(device.memoryUse().open()).isEqualTo(4);
        assertThat(device.memoryUse().total())
                .isEqualTo(256 + 768 + 100 + device.memoryUse().plans());
        for (AutoCloseable open : List.of(weights, states, buffer, plan)) {
            assertThatCode(open::close).doesNotThrowAnyException();
            assertThatCode(open::close).doesNotThrowAnyException();
        }
        assertThat(device.memoryUse()).isEqualTo(NOTHING);
    }

    @Test
    void closingTheDeviceClosesAllThatIsOpenOnIt() {
        Weights weights = Toys.place(device, Toys.counting());
        StateStore states = device.openStates(states(1));
        Buffer buffer = Toys.rising(device);
        Plan plan = device.prepare(Toys.spec(Toys.doubling()), Bindings.NONE.with("x", buffer));
        MemorySegment output = plan.output("y");
        device.close();
        device.close();
        assertThat(engine.closed).hasValue(1);
        assertThat(device.memoryUse()).isEqualTo(NOTHING);
        try (Step step = Toys.step(1, 0)) {
            isClosed(() -> plan.run(step), "plan is");
        }
        isClosed(() -> plan.output("y"), "plan is");
        assertThatThrownBy(() -> Toys.first(output)).isInstanceOf(IllegalStateException.class);
        isClosed(() -> buffer.read(0, MemorySegment.ofArray(new byte[1])), "buffer is");
        isClosed(() -> buffer.write(0, MemorySegment.ofArray(new byte[1])), "buffer is");
        isClosed(() -> states.copyBlock(0, 0, 0), "state store is");
        for (AutoCloseable open : List.of(weights, states, buffer, plan)) {
            assertThatCode(open::close).doesNotThrowAnyException();
        }
        // what they were may still be asked
        assertThat(weights.names()).containsExactly("table");
        assertThat(states.spec()).isEqualTo(states(1));
        assertThat(plan.spec().program().name()).isEqualTo("doubling");
        assertThat(device.info().id()).isEqualTo("toy:0");
    }

    @Test
    void nothingIsOpenedOnAClosedDevice() {
        Weights weights = Toys.place(device, Toys.counting());
        device.close();
        isClosed(() -> device.openBuffer(1), "device is");
        isClosed(() -> device.openStates(states(1)), "device is");
        isClosed(() -> Toys.place(device, Toys.counting()), "device is");
        isClosed(() -> device.prepare(Toys.spec(Toys.counting()), Bindings.NONE.with(weights)), "device is");
        assertThat(device.memoryUse()).isEqualTo(NOTHING);
    }

    @Test
    void refusesMoreMemoryThanThereIs() {
        device.openBuffer((1 << 16) - 100).close();
        Buffer most = device.openBuffer((1 << 16) - 100);
        assertThatThrownBy(() -> device.openBuffer(101))
                .isInstanceOf(DeviceMemoryException.class)
                .hasMessageContaining("device=toy:0, for=buffer, bytesNeeded=101, bytesAvailable=100")
                .hasMessageContaining("close something")
                .satisfies(thrown -> {
                    DeviceMemoryException refused = (DeviceMemoryException) thrown;
                    assertThat(refused.needed()).isEqualTo(101);
                    assertThat(refused.available()).isEqualTo(100);
                });
        refusesForLackOfMemory(() -> device.openBuffer(Long.MAX_VALUE));
        refusesForLackOfMemory(() -> device.openStates(states(1)));
        refusesForLackOfMemory(() -> Toys.place(device, Toys.counting()));
        refusesForLackOfMemory(() -> device.prepare(Toys.spec(Toys.doubling()), Bindings.NONE.with("x", most)));
        assertThat(device.memoryUse()).isEqualTo(new MemoryUse(0, 0, (1 << 16) - 100, 0, 1));
        device.openBuffer(100).close();
    }

    private static void refusesForLackOfMemory(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(DeviceMemoryException.class).hasMessageContaining("toy:0");
    }

    @Test
    void givesBackWhatTheHostCouldNotHold() {
        refusesForLackOfMemory(() -> boundless.openBuffer(Long.MAX_VALUE));
        refusesForLackOfMemory(() -> boundless.openBuffer(Long.MAX_VALUE - 64));
        refusesForLackOfMemory(() -> boundless.openBuffer(1L << 50));
        KvGroup huge = new KvGroup("h", 1 << 15, 1, 1 << 20, 1 << 20, 0, Format.F32, Format.F32);
        StateSpec some =
                new StateSpec(1 << 10, List.of(new StateSpec.Blocks(GROUP, 1), new StateSpec.Blocks(huge, 1 << 3)));
        refusesForLackOfMemory(() -> boundless.openStates(some));
        assertThat(boundless.memoryUse()).isEqualTo(NOTHING);
        boundless.openBuffer(100).close();
    }

    @Test
    void givesBackAPlanThatTheHostCouldNotHold() {
        int width = 1 << 20;
        Program.Builder program = Program.builder("p");
        Value table = program.weight("table", Format.F32, Shape.of(1, width));
        Value x = program.result("x", Shape.rows(Symbol.TOKENS, width));
        Program wide = program.add(new Embed(x, table, 1)).build();
        WeightSource source =
                name -> new Tensor(name, Format.F32, table.shape(), MemorySegment.ofArray(new float[width]));
        Weights weights = boundless.place(List.of(wide), source, LoadListener.NONE);
        MemoryUse before = boundless.memoryUse();
        Limits limits = new Limits(1 << 30, 1, 1, 1); // 2^52 bytes
        refusesForLackOfMemory(
                () -> boundless.prepare(new PlanSpec(wide, limits, Precision.EXACT), Bindings.NONE.with(weights)));
        assertThat(boundless.memoryUse()).isEqualTo(before);
    }

    @Test
    void sizesThatOverflowAreTooLargeAndNotNegative() {
        Program.Builder program = Program.builder("p");
        Value x = program.input("x", Format.F32, Shape.rows(Symbol.TOKENS, 1 << 30));
        Value sum = x;
        for (int i = 0; i < 3; i++) { // 2^61 bytes each, all of them kept: more than 2^63 with the others
            Value next = program.result("r" + i, Shape.rows(Symbol.TOKENS, 1 << 30));
            program.add(new Scale(next, sum, 1)).output(next);
            sum = next;
        }
        Limits limits = new Limits(1 << 29, 1, 1, 1);
        assertThat(device.planBytes(new PlanSpec(program.build(), limits, Precision.EXACT)))
                .isBetween(3L << 61, (3L << 61) + 10_000);
        Value last = program.result("last", Shape.rows(Symbol.TOKENS, 1 << 30));
        program.add(new Scale(last, sum, 1)).output(last);
        assertThat(device.planBytes(new PlanSpec(program.build(), limits, Precision.EXACT)))
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void refusesWhatItDoesNotSupport() {
        Program.Builder program = Program.builder("p");
        Value x = program.input("x", Format.F32, Shape.rows(Symbol.TOKENS, 4));
        Value y = program.result("y", Shape.rows(Symbol.TOKENS, 4));
        Program unsupported = program.add(new Unary(y, x, Activation.SILU)).build();
        assertThat(device.supports(unsupported.ops().getFirst())).isFalse();
        assertThat(device.supports(new Scale(y, x, 1))).isTrue();
        assertThat(device.activation(new Scale(y, x, 1), Precision.FAST)).isEqualTo(Format.F32);
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> device.prepare(Toys.spec(unsupported), Bindings.NONE),
                () -> Toys.place(device, unsupported),
                () -> device.planBytes(Toys.spec(unsupported)),
                () -> device.weightBytes(List.of(unsupported)))) {
            assertThatThrownBy(call)
                    .isInstanceOf(UnsupportedOpException.class)
                    .hasMessageContaining("Unary")
                    .hasMessageContaining("device=toy:0");
        }
        assertThat(device.memoryUse()).isEqualTo(NOTHING);
    }

    @Test
    void bindsOnlyWhatItOpened() {
        try (Buffer foreign = Toys.rising(boundless);
                Weights foreignWeights = Toys.place(boundless, Toys.counting());
                Buffer own = Toys.rising(device);
                Buffer ids = boundless.openBuffer(8)) {
            Bindings[] refused = {
                Bindings.NONE.with("x", foreign), Bindings.NONE.with("x", own).withFeedback(ids)
            };
            for (Bindings bindings : refused) {
                assertThatThrownBy(() -> device.prepare(Toys.spec(Toys.doubling()), bindings))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("only what this device opened can be bound");
            }
            assertThatThrownBy(() -> device.prepare(Toys.spec(Toys.counting()), Bindings.NONE.with(foreignWeights)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("what=weights");
        }
        assertThat(device.memoryUse()).isEqualTo(NOTHING);
    }

    @Test
    void bindsOnlyWhatIsOpen() {
        Buffer buffer = Toys.rising(device);
        buffer.close();
        isClosed(() -> device.prepare(Toys.spec(Toys.doubling()), Bindings.NONE.with("x", buffer)), "buffer is");
    }

    @Test
    void givesBackAPlanWhoseCompilationFails() {
        engine.beforeCompile = op -> {
            throw new IllegalStateException("no kernel today");
        };
        try (Buffer x = Toys.rising(device)) {
            assertThatThrownBy(() -> device.prepare(Toys.spec(Toys.doubling()), Bindings.NONE.with("x", x)))
                    .hasMessage("no kernel today");
            engine.beforeCompile = op -> {
                throw new OutOfMemoryError("no heap today");
            };
            assertThatThrownBy(() -> device.prepare(Toys.spec(Toys.doubling()), Bindings.NONE.with("x", x)))
                    .isInstanceOf(OutOfMemoryError.class);
            assertThat(device.memoryUse().plans()).isZero();
            assertThat(device.memoryUse().open()).isEqualTo(1);
        }
    }
}
