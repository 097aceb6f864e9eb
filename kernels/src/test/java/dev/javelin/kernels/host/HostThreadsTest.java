package dev.javelin.kernels.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.javelin.api.Bindings;
import dev.javelin.api.Buffer;
import dev.javelin.api.Completion;
import dev.javelin.api.DeviceFailedException;
import dev.javelin.api.Plan;
import dev.javelin.api.Step;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One device, several threads. */
@Timeout(60)
class HostThreadsTest {
    private final ToyEngine engine = new ToyEngine(1 << 20);
    private final HostDevice<MemorySegment> device = new HostDevice<>(engine);
    private final Buffer x = Toys.rising(device);
    private final Step step = Toys.step(4, 0);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** Kernels wait here until they may go on. */
    private final CountDownLatch entered = new CountDownLatch(1);

    private final CountDownLatch gate = new CountDownLatch(1);

    @AfterEach
    void close() {
        gate.countDown();
        threads.close();
        device.close();
        step.close();
    }

    private Plan doubling() {
        return device.prepare(Toys.spec(Toys.doubling()), Bindings.NONE.with("x", x));
    }

    private void holdKernels() {
        engine.beforeKernel = op -> {
            entered.countDown();
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };
    }

    /** Runs the plan on another thread, as far as its first kernel. */
    private Future<Completion> runHeld(Plan plan) throws InterruptedException {
        holdKernels();
        Future<Completion> run = threads.submit(() -> plan.run(step));
        entered.await();
        return run;
    }

    private static void waits(Future<?> future) {
        assertThatThrownBy(() -> future.get(50, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
    }

    @Test
    void onePlanRunsOneStepAtATime() throws Exception {
        Plan plan = doubling();
        Future<Completion> run = runHeld(plan);
        assertThatThrownBy(() -> plan.run(step))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the previous run has not ended")
                .hasMessageContaining("program=doubling");
        gate.countDown();
        run.get().await();
        plan.run(step).await();
    }

    @Test
    void runsOfSeveralThreadsNeverOverlap() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicBoolean overlapped = new AtomicBoolean();
        engine.beforeKernel = op -> {
            if (inside.incrementAndGet() != 1) {
                overlapped.set(true);
            }
            Thread.onSpinWait();
            inside.decrementAndGet();
        };
        List<Future<?>> runs = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            Plan plan = doubling();
            runs.add(threads.submit(() -> {
                try (Step own = Toys.step(4, 0)) {
                    for (int i = 0; i < 500; i++) {
                        plan.run(own).await();
                    }
                }
            }));
        }
        for (Future<?> run : runs) {
            run.get();
        }
        assertThat(overlapped).isFalse();
    }

    @Test
    void closingAPlanWaitsForItsRun() throws Exception {
        Plan plan = doubling();
        Future<Completion> run = runHeld(plan);
        Future<?> close = threads.submit(plan::close);
        waits(close);
        gate.countDown();
        run.get().await();
        close.get();
        assertThatThrownBy(() -> plan.run(step)).hasMessage("the plan is closed: device=toy:0");
    }

    @Test
    void closingTheDeviceOrABufferWaitsForTheRun() throws Exception {
        Plan plan = doubling();
        Future<Completion> run = runHeld(plan);
        Future<?> closeBuffer = threads.submit(x::close);
        Future<?> closeDevice = threads.submit(device::close);
        waits(closeDevice);
        waits(closeBuffer);
        gate.countDown();
        run.get().await();
        closeBuffer.get();
        closeDevice.get();
        assertThat(engine.closed).hasValue(1);
        assertThat(device.memoryUse().open()).isZero();
    }

    @Test
    void aDeviceIsClosedOnceHoweverManyThreadsDoIt() throws Exception {
        List<Future<?>> closings = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            closings.add(threads.submit(device::close));
        }
        for (Future<?> closing : closings) {
            closing.get();
        }
        assertThat(engine.closed).hasValue(1);
    }

    @Test
    void anotherThreadWaitsForTheEndOfARun() throws Exception {
        Plan plan = doubling();
        Completion completion = plan.run(step);
        completion.await();
        Future<Completion> run = runHeld(plan);
        assertThat(completion.done()).isFalse();
        assertThat(completion.await(1_000_000)).isFalse();
        Future<?> await = threads.submit(() -> completion.await());
        waits(await);
        gate.countDown();
        await.get();
        assertThat(completion.done()).isTrue();
        assertThat(run.get()).isSameAs(completion);
        assertThat(completion.await(0)).isTrue();
    }

    @Test
    void anInterruptDoesNotShortenTheWait() throws Exception {
        Plan plan = doubling();
        Completion completion = plan.run(step);
        Future<Completion> run = runHeld(plan);
        CountDownLatch started = new CountDownLatch(1);
        AtomicBoolean interruptedAfter = new AtomicBoolean();
        Thread waiter = Thread.ofPlatform().start(() -> {
            started.countDown();
            completion.await();
            interruptedAfter.set(Thread.currentThread().isInterrupted());
        });
        started.await();
        waiter.interrupt();
        waiter.join(50);
        assertThat(waiter.isAlive()).isTrue();
        gate.countDown();
        waiter.join();
        assertThat(interruptedAfter).isTrue();
        run.get().await();
    }

    @Test
    void closingTheStepUnderARunIsAFailureAndNotACrash() throws Exception {
        Bindings weights = Bindings.NONE.with(Toys.place(device, Toys.counting()));
        Future<Completion> run = runHeld(device.prepare(Toys.spec(Toys.counting()), weights));
        step.close();
        gate.countDown();
        Completion completion = run.get();
        assertThatThrownBy(completion::await)
                .isInstanceOf(DeviceFailedException.class)
                .hasCauseInstanceOf(IllegalStateException.class);
        try (Step other = Toys.step(1, 0)) {
            doubling().run(other).await();
        }
    }
}
