package dev.javelin.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class WorkerPoolTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void everyItemIsDoneOnce(int threads) {
        try (WorkerPool pool = new WorkerPool("test", threads)) {
            for (int count : new int[] {0, 1, 2, 3, 7, 1000}) {
                AtomicIntegerArray times = new AtomicIntegerArray(Math.max(1, count));
                pool.run((item, worker) -> times.incrementAndGet(item), count);
                for (int item = 0; item < count; item++) {
                    assertThat(times.get(item)).as("item %d of %d", item, count).isOne();
                }
            }
        }
    }

    @Test
    void workersHaveDifferentNumbersAtTheSameTime() throws Exception {
        try (WorkerPool pool = new WorkerPool("test", 3)) {
            CountDownLatch all = new CountDownLatch(3);
            Set<Integer> numbers = Collections.synchronizedSet(new HashSet<>());
            pool.run(
                    (item, worker) -> {
                        numbers.add(worker);
                        all.countDown();
                        await(all); // nobody gets on before all three threads are here
                    },
                    3);
            assertThat(numbers).containsExactlyInAnyOrder(0, 1, 2);
        }
    }

    @Test
    void workIsSeenByTheNextOperation() {
        int[] numbers = new int[64];
        try (WorkerPool pool = new WorkerPool("test", 4)) {
            for (int round = 0; round < 20_000; round++) {
                pool.run((item, worker) -> numbers[item]++, 1 + round % numbers.length);
            }
        }
        int rounds = 20_000;
        for (int item = 0; item < numbers.length; item++) { // item i is in every round whose count exceeds i
            int whole = rounds / numbers.length * (numbers.length - item);
            int rest = Math.max(0, rounds % numbers.length - item);
            assertThat(numbers[item]).as("item %d", item).isEqualTo(whole + rest);
        }
    }

    @Test
    void whatAnItemThrowsReachesTheCallerAndThePoolGoesOn() {
        try (WorkerPool pool = new WorkerPool("test", 3)) {
            for (int bad = 0; bad < 50; bad++) {
                int failing = bad;
                IllegalStateException thrown = new IllegalStateException("item " + bad);
                assertThatThrownBy(() -> pool.run(
                                (item, worker) -> {
                                    if (item == failing) {
                                        throw thrown;
                                    }
                                },
                                50))
                        .isSameAs(thrown);
                AtomicIntegerArray times = new AtomicIntegerArray(50);
                pool.run((item, worker) -> times.incrementAndGet(item), 50);
                assertThat(times.toString()).doesNotContain("0");
            }
        }
    }

    @Test
    void closingEndsTheThreadsAndIsHarmlessTwice() {
        WorkerPool pool = new WorkerPool("closing", 3);
        pool.run((item, worker) -> {}, 10);
        assertThat(threads("closing")).hasSize(2);
        pool.close();
        pool.close();
        assertThat(threads("closing")).isEmpty();
        assertThatThrownBy(() -> pool.run((item, worker) -> {}, 10)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aThreadThatDoesNotStartLeavesNoneBehind() {
        OutOfMemoryError noMore = new OutOfMemoryError("unable to create native thread");
        AtomicInteger made = new AtomicInteger();
        ThreadFactory factory = work -> made.incrementAndGet() < 3
                ? new Thread(work)
                : new Thread(work) {
                    @Override
                    public synchronized void start() {
                        throw noMore;
                    }
                };
        assertThatThrownBy(() -> new WorkerPool("failing", 5, factory)).isSameAs(noMore);
        assertThat(threads("failing")).isEmpty();
    }

    @Test
    void workersInheritNothingFromTheOpener() {
        InheritableThreadLocal<String> local = new InheritableThreadLocal<>();
        Thread opener = Thread.currentThread();
        ClassLoader before = opener.getContextClassLoader();
        local.set("of the opener");
        opener.setContextClassLoader(new ClassLoader(before) {});
        Set<Object> seen = Collections.synchronizedSet(new HashSet<>());
        CountDownLatch both = new CountDownLatch(2);
        try (WorkerPool pool = new WorkerPool("test", 2)) {
            pool.run(
                    (item, worker) -> {
                        both.countDown();
                        await(both);
                        if (worker > 0) {
                            seen.add(local.get() == null);
                            seen.add(Thread.currentThread().getContextClassLoader());
                        }
                    },
                    2);
        } finally {
            opener.setContextClassLoader(before);
        }
        assertThat(seen).containsExactlyInAnyOrder(true, ClassLoader.getSystemClassLoader());
    }

    @Test
    void anInterruptOfTheCallerShortensNothing() {
        int[] sum = new int[1];
        try (WorkerPool pool = new WorkerPool("test", 2)) {
            Thread.currentThread().interrupt();
            pool.run(
                    (item, worker) -> {
                        synchronized (sum) {
                            sum[0] += item;
                        }
                    },
                    100);
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(sum[0]).isEqualTo(4950);
    }

    /** A thread in this state sleeps without limit, and one that kept its interrupt would wake at once. */
    @Test
    @Timeout(60)
    void idleThreadsSleepWithoutLimit() {
        try (WorkerPool pool = new WorkerPool("idle", 3)) {
            pool.run((item, worker) -> {}, 100);
            List<Thread> idle = threads("idle");
            assertThat(idle).hasSize(2);
            idle.getFirst().interrupt(); // wakes it, but does not keep it awake
            for (Thread thread : idle) {
                while (thread.isInterrupted() || thread.getState() != Thread.State.WAITING) {
                    Thread.onSpinWait();
                }
            }
        }
    }

    private static List<Thread> threads(String pool) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(pool + "-"))
                .toList();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
