package dev.javelin.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The probe in a JVM of its own: whatever is missing, it answers in one sentence, and nothing else is printed. */
class ProbeTest {
    private static final String LIBRARIES = "LD_LIBRARY_PATH";
    private static final long MOST_MILLIS = 50;
    private static final int TRIES = 10;

    @TempDir
    Path root;

    @TempDir
    Path folder;

    private List<String> says(Map<String, String> environment, List<String> options) throws Exception {
        Path out = Files.createDirectories(folder.resolve("jvm"));
        return AnotherJvm.says(out, environment, options, ProbeInAnotherJvm.class, root.toString());
    }

    /** With the fake library, and the driver at work. */
    private String probe(Map<String, String> settings, String... compilerOptions) throws Exception {
        return probeWith(FakeLibrary.compile(fakes(), compilerOptions), settings);
    }

    private Path fakes() throws IOException {
        return Files.createDirectories(folder.resolve("fake"));
    }

    private String probeWith(Path library, Map<String, String> settings) throws Exception {
        startDriver();
        Map<String, String> environment = new HashMap<>(settings);
        environment.put(LIBRARIES, library.toString());
        List<String> said = says(environment, List.of(AnotherJvm.NATIVE_ACCESS));
        assertThat(said).hasSize(2);
        return said.getFirst();
    }

    private void startDriver() throws IOException {
        Files.createFile(Files.createDirectories(root.resolve("dev")).resolve("nvidiactl"));
    }

    @Test
    void withoutADriverItIsQuietAndQuick() throws Exception {
        long millis = Long.MAX_VALUE;
        for (int i = 0; i < TRIES && millis >= MOST_MILLIS; i++) { // others may be at work
            List<String> said = says(Map.of(), List.of());
            assertThat(said).hasSize(2);
            assertThat(said.getFirst())
                    .startsWith("there is no NVIDIA driver on this system: libcuda.so.1 was not found; install");
            millis = Long.parseLong(said.getLast());
        }
        assertThat(millis).isLessThan(MOST_MILLIS);
    }

    @Test
    void withALibraryAndNoDriverItIsQuiet() throws Exception {
        Files.createFile(Files.createDirectories(root.resolve("usr/lib64")).resolve("libcuda.so.1"));
        List<String> said = says(Map.of(), List.of());
        assertThat(said).hasSize(2);
        assertThat(said.getFirst())
                .startsWith("the NVIDIA driver is not at work: there is libcuda.so.1, but no /dev/nvidiactl; start");
    }

    @Test
    void withALibraryThatIsNone() throws Exception {
        startDriver();
        Files.createFile(folder.resolve("libcuda.so.1"));
        List<String> said = says(Map.of(LIBRARIES, folder.toString()), List.of(AnotherJvm.NATIVE_ACCESS));
        assertThat(said).hasSize(2);
        assertThat(said.getFirst())
                .startsWith("the NVIDIA driver's library cannot be loaded: ")
                .contains("; install");
    }

    @Test
    void withoutAFolderForTheBinding() throws Exception {
        Path library = FakeLibrary.compile(fakes());
        startDriver();
        List<String> said = says(
                Map.of(LIBRARIES, library.toString()),
                List.of(AnotherJvm.NATIVE_ACCESS, "-Djava.io.tmpdir=" + folder.resolve("missing")));
        assertThat(said).hasSize(3); // the JDK says that the folder is missing, too
        assertThat(said.get(1)) // each time another folder
                .contains("the binding cannot be loaded: ", "missing", "see that programs may run in the folder");
    }

    @Test
    void withADevice() throws Exception {
        assertThat(probe(Map.of()))
                .startsWith("cuda:0 Fake GPU 0 7936 MB of 16384 MB [")
                .contains(
                        "binding=jcuda",
                        "compute=9.0",
                        "cuda=12.2",
                        "local=227K",
                        "pci=0000:01:00.0",
                        "ptx=sm_90a",
                        "units=132");
    }

    @Test
    void withAnOlderDeviceBesideANewerOne() throws Exception {
        assertThat(probe(Map.of("FAKE_COUNT", "2", "FAKE_COMPUTE", "61 86")))
                .startsWith("cuda:1 Fake GPU 1 ")
                .contains("compute=8.6")
                .doesNotContain("cuda:0");
    }

    @Test
    void withAnOlderDeviceAlone() throws Exception {
        assertThat(probe(Map.of("FAKE_COMPUTE", "61")))
                .startsWith("cuda:0, Fake GPU 0, is of compute capability 6.1, and 7.5 is the least")
                .contains("; use");
    }

    @Test
    void withADeviceThatIsFull() throws Exception {
        assertThat(probe(Map.of("FAKE_FREE", "200"))).startsWith("cuda:0, Fake GPU 0, is full: 200 of 16384 MB are");
    }

    @Test
    void withADeviceThatHasNoRoomForAContext() throws Exception {
        assertThat(probe(Map.of("FAKE_FREE", "0"))).startsWith("cuda:0, Fake GPU 0, is full: there is no memory for");
    }

    /** With no room for a context: so none was asked for. */
    @Test
    void withALibraryThatTellsFreeMemory() throws Exception {
        FakeLibrary.compileNvml(fakes());
        assertThat(probe(Map.of("FAKE_FREE", "0", "FAKE_NVML_FREE", "3000")))
                .startsWith("cuda:0 Fake GPU 0 2232 MB of 16384 MB [");
    }

    @Test
    void withALibraryThatTellsThatMemoryIsFull() throws Exception {
        FakeLibrary.compileNvml(fakes());
        assertThat(probe(Map.of("FAKE_NVML_FREE", "400"))).startsWith("cuda:0, Fake GPU 0, is full: 0 of 16384 MB are");
    }

    /** A device that is cut in parts has the bus of the whole. */
    @Test
    void withALibraryThatMeansTheWholeDevice() throws Exception {
        FakeLibrary.compileNvml(fakes());
        assertThat(probe(Map.of("FAKE_NVML_FREE", "400", "FAKE_NVML_TOTAL", "80000")))
                .startsWith("cuda:0 Fake GPU 0 7936 MB of 16384 MB [");
    }

    @Test
    void withALibraryThatRefusesToTellFreeMemory() throws Exception {
        FakeLibrary.compileNvml(fakes());
        assertThat(probe(Map.of("FAKE_NVML_INIT", "9"))).startsWith("cuda:0 Fake GPU 0 7936 MB of 16384 MB [");
    }

    @Test
    void withADriverThatIsTooOld() throws Exception {
        assertThat(probe(Map.of("FAKE_VERSION", "11040"), "-DLACKING"))
                .isEqualTo("the NVIDIA driver is too old: it knows CUDA 11.4, and 12.0 is the least that is needed;"
                        + " install NVIDIA's driver 525 or later");
    }

    @Test
    void withALibraryThatLacksFunctions() throws Exception {
        assertThat(probe(Map.of(), "-DLACKING"))
                .startsWith("the NVIDIA driver's library lacks cuStreamBeginCapture_v2, cuStreamEndCapture, cuGraph")
                .endsWith("; install NVIDIA's driver 525 or later");
    }

    @Test
    void withoutDevices() throws Exception {
        assertThat(probe(Map.of("FAKE_COUNT", "0"))).startsWith("the NVIDIA driver found no GPU; see what nvidia-smi");
    }

    @Test
    void withDevicesThatAreHidden() throws Exception {
        assertThat(probe(Map.of("FAKE_INIT", "100", "CUDA_VISIBLE_DEVICES", "")))
                .isEqualTo("the variable CUDA_VISIBLE_DEVICES=\"\" leaves no GPU;"
                        + " unset it, or name a GPU there, such as CUDA_VISIBLE_DEVICES=0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "34|error (34) in cuInit; take the folder of the CUDA toolkit's stubs",
                "46|error (46) in cuInit; end the process",
                "304|error (304) in cuInit; see that this user",
                "802|error (802) in cuInit; start the service nvidia-fabricmanager",
                "803|CUDA_ERROR_SYSTEM_DRIVER_MISMATCH (803) in cuInit; restart the machine",
                "804|error (804) in cuInit; take the compatibility libraries",
                "999|CUDA_ERROR_UNKNOWN (999) in cuInit; see whether nvidia-smi works"
            })
    void withADriverThatDoesNotStart(String code, String expected) throws Exception {
        assertThat(probe(Map.of("FAKE_INIT", code))).startsWith("the NVIDIA driver does not start: " + expected);
    }
}
