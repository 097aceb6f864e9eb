package dev.javelin.conformance;

import dev.javelin.api.Buffer;
import dev.javelin.api.Device;
import dev.javelin.api.LoadListener;
import dev.javelin.api.StateStore;
import dev.javelin.api.Step;
import dev.javelin.api.Weights;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** Several threads at once, as the seam documents it: right numbers or an {@link IllegalStateException}, nothing else. */
final class ConcurrencyPromises {

    private static final int THREADS = 4;
    private static final int RUNS = 60;

    private ConcurrencyPromises() {}

    static List<Promise> all() {
        return List.of(
                promise("threads with plans of their own do not disturb each other", ConcurrencyPromises::ownPlans),
                promise("opening and closing beside runs disturbs nothing", ConcurrencyPromises::openings),
                promise(
                        "a plan run from two threads gives right numbers or an exception",
                        ConcurrencyPromises::onePlan),
                promise("two devices work at the same time", ConcurrencyPromises::twoDevices),
                promise("closing a device waits for the runs under way", ConcurrencyPromises::closing));
    }

    private static Promise promise(String name, Promise.Body body) {
        return new Promise("threads", name, body);
    }

    /** Does all the work at once, each on a thread of its own, and passes on the first failure. */
    private static void together(List<Callable<?>> work) throws Exception {
        CountDownLatch ready = new CountDownLatch(work.size());
        try (ExecutorService threads = Executors.newFixedThreadPool(
                work.size(), Thread.ofPlatform().daemon().factory())) {
            List<Future<?>> all = new ArrayList<>();
            for (Callable<?> one : work) {
                all.add(threads.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return one.call();
                }));
            }
            for (Future<?> one : all) {
                try {
                    one.get();
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof Exception failure) {
                        throw failure;
                    }
                    throw e;
                }
            }
        }
    }

    /** Results of the first numbers, when nothing else is going on. */
    private static List<int[]> expected(Rig rig) {
        List<int[]> expected = new ArrayList<>();
        for (int number = 0; number < THREADS; number++) {
            expected.add(rig.run(number));
        }
        return expected;
    }

    /** Runs again and again, with other rows each time. */
    private static void runs(Rig rig, List<int[]> expected, int first) {
        for (int i = 0; i < RUNS; i++) {
            int number = (first + i) % expected.size();
            Claim.that(
                    Arrays.equals(expected.get(number), rig.run(number)),
                    "a run gives what it gave alone: thread=%d, run=%d",
                    first,
                    i);
        }
    }

    private static void ownPlans(DeviceOpener opener) throws Exception {
        try (Device device = opener.open();
                Rig alone = new Rig(device)) {
            List<int[]> expected = expected(alone);
            List<Callable<?>> work = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int first = thread;
                work.add(() -> {
                    try (Rig rig = new Rig(device)) {
                        runs(rig, expected, first);
                    }
                    return null;
                });
            }
            together(work);
            Claim.that(device.memoryUse().open() == 3, "nothing is left open: %s", device.memoryUse());
        }
    }

    private static void openings(DeviceOpener opener) throws Exception {
        try (Device device = opener.open();
                Rig rig = new Rig(device)) {
            List<int[]> expected = expected(rig);
            AtomicBoolean ended = new AtomicBoolean();
            Callable<?> running = () -> {
                try {
                    for (int i = 0; i < 5; i++) {
                        runs(rig, expected, i);
                    }
                } finally {
                    ended.set(true);
                }
                return null;
            };
            Callable<?> opening = () -> {
                while (!ended.get()) {
                    try (Buffer buffer = device.openBuffer(100_000);
                            StateStore states = device.openStates(LifeCyclePromises.STATES);
                            Arena arena = Arena.ofShared();
                            Weights weights =
                                    device.place(List.of(Rig.PROGRAM), Rig.source(arena), LoadListener.NONE)) {
                        states.copyBlock(0, 0, 1);
                        buffer.write(17, arena.allocate(1000).fill((byte) 9));
                        device.prepare(Rig.SPEC, rig.bindings().with(weights)).close();
                        Claim.that(device.memoryUse().open() >= 5, "all that is open is counted");
                    }
                }
                return null;
            };
            together(List.of(running, opening, opening));
            Claim.that(device.memoryUse().open() == 3, "nothing is left open: %s", device.memoryUse());
        }
    }

    private static void onePlan(DeviceOpener opener) throws Exception {
        try (Device device = opener.open();
                Rig rig = new Rig(device)) {
            int[] expected = rig.run(1);
            Callable<?> runs = () -> {
                try (Step own = new Step(Rig.LIMITS)) {
                    for (int i = 0; i < RUNS; i++) {
                        Rig.fill(own);
                        try {
                            rig.plan.run(own).await();
                        } catch (IllegalStateException oneAtATime) {
                            Claim.that(oneAtATime.getMessage() != null, "the exception says why");
                        }
                    }
                }
                return null;
            };
            together(List.of(runs, runs));
            Claim.that(Arrays.equals(expected, rig.result()), "the output is what every one of the runs gives");
            Claim.that(Arrays.equals(expected, rig.run(1)), "the plan is as good as before");
        }
    }

    private static void twoDevices(DeviceOpener opener) throws Exception {
        List<Callable<?>> work = new ArrayList<>();
        List<int[]> expected;
        try (Device device = opener.open();
                Rig rig = new Rig(device)) {
            expected = expected(rig);
        }
        for (int i = 0; i < 2; i++) {
            int first = i;
            work.add(() -> {
                try (Device device = opener.open();
                        Rig rig = new Rig(device)) {
                    runs(rig, expected, first);
                }
                return null;
            });
        }
        together(work);
    }

    private static void closing(DeviceOpener opener) throws Exception {
        Device device = opener.open();
        Rig rig = new Rig(device);
        int[] expected = rig.run(1);
        CountDownLatch begun = new CountDownLatch(1);
        Callable<?> running = () -> {
            try {
                while (true) {
                    rig.plan.run(rig.step).await();
                    begun.countDown();
                    Claim.that(Arrays.equals(expected, rig.result()), "a run that ended well gave the right numbers");
                }
            } catch (IllegalStateException closed) {
                return null;
            } finally {
                begun.countDown();
            }
        };
        Callable<?> closing = () -> {
            begun.await();
            device.close();
            return null;
        };
        together(List.of(running, closing));
        rig.close();
    }
}
