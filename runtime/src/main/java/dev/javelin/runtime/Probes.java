package dev.javelin.runtime;

import dev.javelin.api.Backend;
import dev.javelin.api.Probe;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Asks backends for their devices side by side, so that none waits for another's driver. What a backend does wrong is an answer
 * of its own: whatever it throws, not answering in time, and having ended the process that asked before.
 */
final class Probes {
    private static final String REMOVE = "remove its jar, or report it";

    /** Drivers of several cards that have been asleep take some seconds to wake up. */
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** What a backend answered. */
    record Answer(String backend, @Nullable Backend by, Probe probe) {}

    private final StartMarks marks;
    private final Duration limit;

    Probes() {
        this(StartMarks.ofUser(), LIMIT);
    }

    Probes(StartMarks marks, Duration limit) {
        this.marks = marks;
        this.limit = limit;
    }

    /**
     * The answers of all backends, in the order of the providers.
     *
     * @param asked ids of backends that are to be asked
     * @param insisting whether also those that ended a process
     */
    List<Answer> ask(Iterable<ServiceLoader.Provider<Backend>> providers, Predicate<String> asked, boolean insisting) {
        List<Question> questions = new ArrayList<>();
        for (ServiceLoader.Provider<Backend> provider : providers) {
            questions.add(new Question(provider, asked, insisting));
        }
        questions.forEach(Question::begin);
        long deadline = System.nanoTime() + limit.toNanos();
        List<Answer> answers = new ArrayList<>();
        for (Question question : questions) {
            Answer answer = question.await(deadline);
            if (answer != null) {
                answers.add(answer);
            }
        }
        return answers;
    }

    private final class Question {
        private final ServiceLoader.Provider<Backend> provider;
        private final Predicate<String> asked;
        private final boolean insisting;
        private final FutureTask<@Nullable Answer> task = new FutureTask<>(this::answer);
        private volatile String name;

        Question(ServiceLoader.Provider<Backend> provider, Predicate<String> asked, boolean insisting) {
            this.provider = provider;
            this.asked = asked;
            this.insisting = insisting;
            this.name = provider.type().getName();
        }

        /** On a thread of its own, which is left behind if it never comes back. */
        void begin() {
            Thread.ofPlatform().daemon().name("javelin probe " + name).start(task);
        }

        private @Nullable Answer answer() {
            Backend backend = provider.get();
            String id = backend.id();
            name = id;
            if (!asked.test(id)) {
                return null;
            }
            if (insisting) {
                marks.forget(id);
            }
            StartMarks.Death death = marks.death(id).orElse(null);
            if (death != null) {
                return without(
                        "a process ended while it called this driver, at "
                                + death.when().truncatedTo(ChronoUnit.SECONDS),
                        "update the driver; the device is tried again when it is named, when %s is deleted, and after a day"
                                .formatted(death.file()));
            }
            return new Answer(id, backend, marks.around(id, backend::probe));
        }

        @Nullable
        Answer await(long deadline) {
            boolean interrupted = false;
            try {
                while (true) {
                    try {
                        return task.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                    } catch (InterruptedException e) {
                        interrupted = true;
                    } catch (TimeoutException e) {
                        return without(
                                "its driver did not answer within %d s".formatted(limit.toSeconds()),
                                "see whether other programs can use the device; a restart of the machine may help");
                    } catch (ExecutionException e) {
                        return failed(e.getCause());
                    }
                }
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        private Answer failed(@Nullable Throwable failure) {
            if (failure instanceof Error error
                    && !(error instanceof LinkageError || error instanceof ServiceConfigurationError)) {
                throw error;
            }
            return without("it failed: " + failure, REMOVE);
        }

        private Answer without(String reason, String remedy) {
            return new Answer(name, null, new Probe.Unavailable(reason, remedy));
        }
    }
}
