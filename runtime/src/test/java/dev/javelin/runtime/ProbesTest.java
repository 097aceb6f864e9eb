package dev.javelin.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.javelin.api.Backend;
import dev.javelin.api.Device;
import dev.javelin.api.DeviceInfo;
import dev.javelin.api.OpenOptions;
import dev.javelin.api.Probe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Backends that do what no backend should, and what becomes of the others. */
@Timeout(60)
final class ProbesTest {
    private static final Duration LONG = Duration.ofSeconds(50);

    @TempDir
    private Path folder;

    /** A backend that answers as it is told. */
    private record Fake(String id, Supplier<Probe> answer) implements Backend {
        static Fake good(String id) {
            DeviceInfo device = new DeviceInfo(id + ":0", id, DeviceInfo.Kind.GPU, 1, 1, Set.of(), false);
            return new Fake(id, () -> new Probe.Found(List.of(device)));
        }

        @Override
        public Probe probe() {
            return answer.get();
        }

        @Override
        public Device open(DeviceInfo info, OpenOptions options) {
            throw new UnsupportedOperationException();
        }
    }

    private record Provider(Supplier<Backend> maker) implements ServiceLoader.Provider<Backend> {
        @Override
        public Class<? extends Backend> type() {
            return Fake.class;
        }

        @Override
        public Backend get() {
            return maker.get();
        }
    }

    private static Provider of(Backend backend) {
        return new Provider(() -> backend);
    }

    private List<Probes.Answer> ask(Duration limit, Provider... providers) {
        return new Probes(new StartMarks(folder), limit).ask(List.of(providers), id -> true, false);
    }

    private static Probe.Unavailable refusal(Probes.Answer answer) {
        return (Probe.Unavailable) answer.probe();
    }

    @Test
    void whatOneThrowsDoesNotTouchTheOthers() {
        List<Probes.Answer> answers = ask(
                LONG,
                of(new Fake("throws", () -> {
                    throw new IllegalStateException("no luck");
                })),
                of(new Fake("links", () -> {
                    throw new UnsatisfiedLinkError("no library");
                })),
                new Provider(() -> {
                    throw new ServiceConfigurationError("no class");
                }),
                of(Fake.good("good")));
        assertThat(answers)
                .extracting(Probes.Answer::backend)
                .containsExactly("throws", "links", Fake.class.getName(), "good");
        assertThat(refusal(answers.get(0)).reason()).contains("no luck");
        assertThat(refusal(answers.get(1)).reason()).contains("no library");
        assertThat(refusal(answers.get(2)).reason()).contains("no class");
        assertThat(answers.get(3).probe()).isInstanceOf(Probe.Found.class);
    }

    @Test
    void anErrorOfTheJvmIsNotHidden() {
        assertThatThrownBy(() -> ask(LONG, of(new Fake("full", () -> {
                    throw new OutOfMemoryError("full");
                }))))
                .isInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void oneThatHangsIsLeftBehind() {
        CountDownLatch never = new CountDownLatch(1);
        Provider hanging = of(new Fake("hangs", () -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return Fake.good("hangs").probe();
        }));
        List<Probes.Answer> answers = ask(Duration.ofMillis(300), hanging, of(Fake.good("good")));
        assertThat(refusal(answers.get(0)).reason()).contains("did not answer");
        assertThat(answers.get(1).probe()).isInstanceOf(Probe.Found.class);
        never.countDown();
    }

    @Test
    void allAreAskedAtTheSameTime() {
        CyclicBarrier both = new CyclicBarrier(2);
        Provider[] meeting = Stream.of("one", "two")
                .map(id -> of(new Fake(id, () -> {
                    try {
                        both.await();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                    return Fake.good(id).probe();
                })))
                .toArray(Provider[]::new);
        assertThat(ask(LONG, meeting)).allMatch(answer -> answer.probe() instanceof Probe.Found);
    }

    @Test
    void thoseThatAreNotAskedAreNotProbed() {
        Provider other = of(new Fake("other", () -> {
            throw new AssertionError("nobody asked");
        }));
        assertThat(new Probes(new StartMarks(folder), LONG)
                        .ask(List.of(other, of(Fake.good("good"))), "good"::equals, true))
                .singleElement()
                .extracting(Probes.Answer::backend)
                .isEqualTo("good");
    }

    @Test
    void anInterruptedCallerGetsItsAnswersAndStaysInterrupted() {
        Thread.currentThread().interrupt();
        assertThat(ask(LONG, of(Fake.good("good")))).singleElement().matches(answer -> answer.by() != null);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aProcessThatEndedInADriverIsRemembered() throws Exception {
        assertThat(endInProbe(folder)).isEqualTo(Ending.CODE);
        Probes.Answer answer = ask(LONG, of(Fake.good("deadly"))).getFirst();
        assertThat(refusal(answer).reason()).contains("a process ended while it called this driver");
        assertThat(refusal(answer).remedy()).contains(folder.toString());
        assertThat(ask(LONG, of(Fake.good("other"))).getFirst().by())
                .as("another backend")
                .isNotNull();

        Probes insisting = new Probes(new StartMarks(folder), LONG);
        assertThat(insisting
                        .ask(List.of(of(Fake.good("deadly"))), id -> true, true)
                        .getFirst()
                        .by())
                .isNotNull();
        assertThat(ask(LONG, of(Fake.good("deadly"))).getFirst().by())
                .as("tried again")
                .isNotNull();
    }

    @Test
    void aDeathIsForgottenAfterADay() throws Exception {
        endInProbe(folder);
        try (Stream<Path> marks = Files.list(folder)) {
            Files.setLastModifiedTime(
                    marks.findFirst().orElseThrow(), FileTime.from(Instant.now().minus(Duration.ofHours(25))));
        }
        assertThat(ask(LONG, of(Fake.good("deadly"))).getFirst().by()).isNotNull();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whoeverIsStillThereHasNotDied() throws IOException {
        new StartMarks(folder).around("slow", () -> {
            assertThat(ask(LONG, of(Fake.good("slow"))).getFirst().by()).isNotNull();
            return "lived on";
        });
        assertThat(folder).isEmptyDirectory();
        Path file = Files.writeString(
                folder.resolve("reused." + ProcessHandle.current().pid()), "");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(10))));
        assertThat(new StartMarks(folder).death("reused"))
                .as("made before this process began")
                .isPresent();
        Files.writeString(folder.resolve("strange.file"), "");
        assertThat(new StartMarks(folder).death("strange")).isEmpty();
    }

    @Test
    void withoutAFolderNothingIsRememberedAndAllWorks() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        for (StartMarks marks : List.of(new StartMarks(null), new StartMarks(file.resolve("below")))) {
            Probes probes = new Probes(marks, LONG);
            assertThat(probes.ask(List.of(of(Fake.good("good"))), id -> true, true)
                            .getFirst()
                            .by())
                    .isNotNull();
        }
    }

    private static int endInProbe(Path folder) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Ending.class.getName(),
                        folder.toString())
                .inheritIO()
                .start()
                .waitFor();
    }

    /** A program whose driver ends it, as a crash of native code does: nothing of ours runs any more. */
    static final class Ending {
        private static final int CODE = 99;

        private Ending() {}

        /** Never returns. */
        public static void main(String[] arguments) {
            Provider deadly = of(new Fake("deadly", () -> {
                Runtime.getRuntime().halt(CODE);
                throw new IllegalStateException();
            }));
            new Probes(new StartMarks(Path.of(arguments[0])), LONG).ask(List.of(deadly), id -> true, false);
        }
    }
}
