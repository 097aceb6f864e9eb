package dev.javelin.kernels.host;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.javelin.api.Bindings;
import dev.javelin.api.Buffer;
import dev.javelin.api.Completion;
import dev.javelin.api.DeviceFailedException;
import dev.javelin.api.OpTime;
import dev.javelin.api.Plan;
import dev.javelin.api.PlanSpec;
import dev.javelin.api.Precision;
import dev.javelin.api.Scale;
import dev.javelin.api.Step;
import dev.javelin.api.Weights;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Running plans: outputs, failures, buffers, ids fed back, times. */
class HostPlanTest {
    private final ToyEngine engine = new ToyEngine(1 << 20);
    private final HostDevice<MemorySegment> device = new HostDevice<>(engine);
    private final Buffer x = Toys.rising(device);
    private final Bindings input = Bindings.NONE.with("x", x);

    @AfterEach
    void close() {
        device.close();
    }

    private Plan doubling() {
        return device.prepare(Toys.spec(Toys.doubling()), input);
    }

    private static void run(Plan plan, int tokens) {
        try (Step step = Toys.step(tokens, 0)) {
            plan.run(step).await();
        }
    }

    @Test
    void bringsOutputsBack() {
        Plan plan = doubling();
        MemorySegment output = plan.output("y");
        assertThat(output.byteSize()).isEqualTo(4L * Toys.LIMITS.tokens() * Toys.WIDTH);
        run(plan, 2);
        assertThat(output.getAtIndex(JAVA_FLOAT, 15)).isEqualTo(32);
        assertThat(plan.output("y")).isSameAs(output);
        assertThat(output.isReadOnly()).isTrue();
        x.write(60, MemorySegment.ofArray(new float[] {-1}));
        run(plan, 2);
        assertThat(output.getAtIndex(JAVA_FLOAT, 15)).isEqualTo(-2);
        assertThatThrownBy(() -> plan.output("x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("output=x, outputs=[y]");
    }

    @Test
    void aRunTouchesOnlyTheRowsOfItsStep() {
        Buffer y = device.openBuffer(x.bytes() + 64);
        byte[] poison = new byte[(int) y.bytes()];
        java.util.Arrays.fill(poison, (byte) 0x7F);
        y.write(0, MemorySegment.ofArray(poison));
        Plan plan = device.prepare(Toys.spec(Toys.doubling()), input.with("y", y));
        run(plan, 3);
        byte[] after = new byte[poison.length];
        y.read(0, MemorySegment.ofArray(after));
        int written = 3 * Toys.WIDTH * 4;
        assertThat(MemorySegment.ofArray(after)
                        .asSlice(written)
                        .mismatch(MemorySegment.ofArray(poison).asSlice(written)))
                .isEqualTo(-1);
        assertThatThrownBy(() -> plan.output("y"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no such output in host memory");
    }

    @Test
    void aBufferIsTheOutputOfOnePlanAndTheInputOfAnother() {
        Buffer between = device.openBuffer(x.bytes());
        Plan first = device.prepare(Toys.spec(Toys.doubling()), input.with("y", between));
        Plan second = device.prepare(Toys.spec(Toys.doubling()), Bindings.NONE.with("x", between));
        run(first, 1);
        run(second, 1);
        assertThat(second.output("y").getAtIndex(JAVA_FLOAT, 7)).isEqualTo(32);
        between.close();
        try (Step step = Toys.step(1, 0)) {
            assertThatThrownBy(() -> first.run(step)).hasMessage("the buffer is closed: device=toy:0");
            assertThatThrownBy(() -> second.run(step)).hasMessage("the buffer is closed: device=toy:0");
        }
    }

    @Test
    void whatAPlanNeedsMustBeOpen() {
        Weights weights = Toys.place(device, Toys.counting());
        Plan plan = device.prepare(Toys.spec(Toys.counting()), Bindings.NONE.with(weights));
        weights.close();
        try (Step step = Toys.step(1, 1)) {
            assertThatThrownBy(() -> plan.run(step))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the weights are closed: device=toy:0");
        }
    }

    @Test
    void aStepIsCheckedBeforeItIsRun() {
        Plan plan = doubling();
        engine.beforeKernel = op -> {
            throw new AssertionError("no kernel may run");
        };
        try (Step empty = new Step(Toys.LIMITS)) {
            assertThatThrownBy(() -> plan.run(empty))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("tokens=0")
                    .hasMessageContaining("program=doubling");
        }
        Step closed = Toys.step(1, 0);
        closed.close();
        assertThatThrownBy(() -> plan.run(closed)).hasMessage("the step is closed");
        engine.beforeKernel = op -> {};
        run(plan, 1); // a refused step leaves no trace
    }

    @Test
    void aFailedRunIsReportedWhereItIsWaitedFor() {
        Plan plan = doubling();
        engine.beforeKernel = op -> {
            throw new ArithmeticException("the toy broke");
        };
        try (Step step = Toys.step(1, 0)) {
            Completion completion = plan.run(step);
            assertThat(completion.done()).isTrue();
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(completion::await)
                        .isInstanceOf(DeviceFailedException.class)
                        .hasMessageContaining("device=toy:0, program=doubling")
                        .hasMessageContaining("the toy broke")
                        .hasCauseInstanceOf(ArithmeticException.class);
            }
            assertThatThrownBy(() -> completion.await(1)).isInstanceOf(DeviceFailedException.class);
            try (Step wrong = new Step(Toys.LIMITS)) { // refused, so the failed run is still the latest
                assertThatThrownBy(() -> plan.run(wrong)).isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(completion::await).isInstanceOf(DeviceFailedException.class);
            }
            engine.beforeKernel = op -> {};
            assertThat(plan.run(step)).isSameAs(completion);
            assertThatCode(completion::await).doesNotThrowAnyException();
            assertThat(completion.await(0)).isTrue();
            assertThat(Toys.first(plan.output("y"))).isEqualTo(2);
        }
    }

    @Test
    void errorsOfAKernelAreFailuresToo() {
        Plan plan = doubling();
        engine.beforeKernel = op -> {
            throw new StackOverflowError("too deep");
        };
        try (Step step = Toys.step(1, 0)) {
            Completion completion = plan.run(step);
            assertThatThrownBy(completion::await)
                    .isInstanceOf(DeviceFailedException.class)
                    .hasCauseInstanceOf(StackOverflowError.class);
        }
    }

    private static int count(Plan plan, Step step) {
        plan.run(step).await();
        return plan.output("ids").get(JAVA_INT, 0);
    }

    private static void feed(Step step, int row) {
        step.clear();
        step.addSequence();
        step.addFeedback(row, 0, 0);
        step.addOutput(0, 8);
    }

    @Test
    void goesOnFromTheIdsItChose() {
        Bindings weights = Bindings.NONE.with(Toys.place(device, Toys.counting()));
        Plan plan = device.prepare(Toys.spec(Toys.counting()), weights);
        Plan apart = device.prepare(Toys.spec(Toys.counting()), weights);
        try (Step step = Toys.step(4, 2)) {
            count(plan, step);
            feed(step, 1);
            assertThat(count(plan, step)).isEqualTo(3); // row 1 was of id 1, so 2 was chosen
            feed(step, 0);
            assertThat(count(plan, step)).isEqualTo(4);
            assertThat(count(apart, step)).isEqualTo(1); // has chosen nothing yet: zeros
        }
    }

    @Test
    void plansThatShareFeedbackGoOnFromEachOther() {
        Buffer ids = device.openBuffer(8);
        Bindings shared =
                Bindings.NONE.with(Toys.place(device, Toys.counting())).withFeedback(ids);
        Plan one = device.prepare(Toys.spec(Toys.counting()), shared);
        Plan other = device.prepare(Toys.spec(Toys.counting()), shared);
        try (Step step = Toys.step(1, 1)) {
            assertThat(count(one, step)).isEqualTo(1);
            feed(step, 0);
            assertThat(count(other, step)).isEqualTo(2);
            assertThat(count(one, step)).isEqualTo(3);
            engine.beforeKernel = op -> {
                throw new IllegalStateException("not today");
            };
            assertThatThrownBy(() -> count(one, step)).isInstanceOf(DeviceFailedException.class);
            engine.beforeKernel = op -> {};
            assertThat(count(other, step)).isEqualTo(4); // a failed run chose nothing
            ids.close();
            assertThatThrownBy(() -> one.run(step)).hasMessageContaining("buffer is closed");
        }
    }

    @Test
    void measuresOperationsOnlyWhenAsked() {
        Plan plain = doubling();
        run(plain, 1);
        assertThat(plain.profile()).isEmpty();
        PlanSpec profiled = new PlanSpec(Toys.doubling(), Toys.LIMITS, Precision.EXACT, true);
        Plan plan = device.prepare(profiled, input);
        assertThat(plan.profile()).extracting(OpTime::runs).containsExactly(0L);
        engine.beforeKernel = op -> {
            long end = System.nanoTime() + 100_000;
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
        };
        run(plan, 1);
        run(plan, 1);
        assertThat(plan.profile()).hasSize(1);
        OpTime time = plan.profile().getFirst();
        assertThat(time.op()).isInstanceOf(Scale.class);
        assertThat(time.runs()).isEqualTo(2);
        assertThat(time.nanos()).isBetween(200_000L, 60_000_000_000L);
    }

    @Test
    void outputsAreDeadOnceThePlanIsClosed() {
        Plan plan = doubling();
        MemorySegment output = plan.output("y");
        Completion completion;
        try (Step step = Toys.step(1, 0)) {
            completion = plan.run(step);
            plan.close();
            plan.close();
            assertThatThrownBy(() -> plan.run(step)).hasMessage("the plan is closed: device=toy:0");
        }
        assertThatThrownBy(() -> Toys.first(output)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> plan.output("y")).hasMessage("the plan is closed: device=toy:0");
        assertThatCode(completion::await).doesNotThrowAnyException(); // it did end well
        assertThat(Toys.floats(x)).startsWith(1, 2, 3); // what it was bound to lives on
    }

    @Test
    void runningAllocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Bindings weights = Bindings.NONE.with(Toys.place(device, Toys.counting()));
        Plan plan = device.prepare(Toys.spec(Toys.counting()), weights);
        try (Step step = Toys.step(4, 2)) {
            long before = 0;
            for (int i = 0; i < 4_000; i++) {
                if (i == 3_000) {
                    before = threads.getCurrentThreadAllocatedBytes();
                }
                plan.run(step).await();
            }
            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1_000);
        }
    }
}
