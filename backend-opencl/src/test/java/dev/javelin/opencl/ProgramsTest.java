package dev.javelin.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.javelin.api.DeviceFailedException;
import dev.javelin.kernels.gpu.KernelId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs are built once, kept, and their errors told. */
class ProgramsTest {
    private static final String TEXT = "__kernel void twice(__global int* x) { x[get_global_id(0)] *= TIMES; }\n";
    private static final KernelId TWICE = new KernelId("twice", "twice", Map.of("TIMES", "2"));

    private final OpenCl real = Found.require(Bindings.JOCL);
    private final AtomicInteger compiled = new AtomicInteger();
    private final OpenCl counted = Found.watched((proxy, method, arguments) -> {
        if (method.getName().equals("createProgramWithSource")) {
            compiled.incrementAndGet();
        }
        return Found.ask(real, method, arguments);
    });

    @TempDir
    Path folder;

    private ClDriver open(String text) {
        ClDriver driver =
                new ClDriver(counted, Found.devices(counted).getFirst(), new ProgramCache(folder.resolve("made")));
        long kernel = driver.openKernel(TWICE, () -> text);
        driver.freeKernel(driver.openKernel(TWICE, () -> text)); // built once
        driver.freeKernel(kernel);
        return driver;
    }

    private List<Path> files() throws Exception {
        try (Stream<Path> files = Files.list(folder.resolve("made"))) {
            return files.toList();
        }
    }

    @Test
    void theSecondDeviceTakesWhatTheFirstOneBuilt() throws Exception {
        open(TEXT).close();
        open(TEXT).close();
        assertThat(compiled).hasValue(1);
        assertThat(files()).hasSize(1);
        open(TEXT + "// changed").close();
        assertThat(compiled).hasValue(2);
        assertThat(files()).hasSize(2);
    }

    @Test
    void whatIsNoProgramIsBuiltAnew() throws Exception {
        open(TEXT).close();
        Path file = files().getFirst();
        byte[] good = Files.readAllBytes(file);
        byte[] spoilt = good.clone();
        spoilt[spoilt.length / 2]++;
        Files.write(file, spoilt);
        open(TEXT).close();
        assertThat(compiled).hasValue(2);
        Files.write(file, new byte[7]);
        open(TEXT).close();
        assertThat(compiled).hasValue(3);
        String key = String.valueOf(file.getFileName()).replace(".bin", "");
        new ProgramCache(folder.resolve("made")).store(key, new byte[] {1, 2, 3, 4}); // whole, but of no driver
        open(TEXT).close();
        assertThat(compiled).hasValue(4);
        open(TEXT).close();
        assertThat(compiled).as("it was kept again").hasValue(4);
    }

    @Test
    void aKeptProgramWithoutTheKernelIsBuiltAnew() throws Exception {
        open(TEXT).close();
        Path file = files().getFirst();
        String key = String.valueOf(file.getFileName()).replace(".bin", "");
        ProgramCache cache = new ProgramCache(folder.resolve("made"));
        try (ClDriver other = new ClDriver(counted, Found.devices(counted).getFirst(), cache)) {
            String text = "__kernel void thrice(__global int* x) { x[0] *= TIMES; }";
            other.freeKernel(other.openKernel(new KernelId("x", "thrice", Map.of("TIMES", "3")), () -> text));
        }
        Path foreign =
                files().stream().filter(one -> !one.equals(file)).findFirst().orElseThrow();
        cache.store(key, cache.load(String.valueOf(foreign.getFileName()).replace(".bin", "")));
        open(TEXT).close();
        assertThat(compiled).hasValue(3);
        open(TEXT).close();
        assertThat(compiled).as("it was kept again").hasValue(3);
    }

    @Test
    void whatTheCompilerSaysIsTold() {
        assertThatThrownBy(() -> open("__kernel void twice(__global int* x) { x[0] = no_such_thing; }"))
                .isInstanceOf(DeviceFailedException.class)
                .hasMessageContainingAll(
                        "CL_BUILD_PROGRAM_FAILURE in clBuildProgram of kernel twice", "-D TIMES=2", "no_such_thing");
        assertThat(folder.resolve("made")).doesNotExist();
    }

    @Test
    void aKernelThatIsNotInItsFileIsNamed() {
        ClDriver driver = open(TEXT);
        KernelId missing = new KernelId("twice", "thrice", Map.of("TIMES", "2"));
        assertThatThrownBy(() -> driver.openKernel(missing, () -> TEXT)).hasMessageContaining("thrice");
        driver.close();
    }
}
