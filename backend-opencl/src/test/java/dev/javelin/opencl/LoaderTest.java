package dev.javelin.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoaderTest {

    @TempDir
    Path root;

    private Loader linux(Map<String, String> environment) {
        return new Loader("Linux", environment, root);
    }

    private Path file(String name) throws Exception {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.createFile(file);
    }

    @Test
    void anEmptySystemHasNothing() {
        assertThat(linux(Map.of()).isInstalled()).isFalse();
        assertThat(linux(Map.of()).hasDrivers()).isFalse();
        assertThat(new Loader("Mac OS X", Map.of(), root).isInstalled()).isFalse();
        assertThat(new Loader("Windows 11", Map.of("SystemRoot", root.toString()), root).isInstalled())
                .isFalse();
    }

    @Test
    void theLoaderIsFoundWhereItUsuallyLies() throws Exception {
        file("usr/lib64/libOpenCL.so.1");
        assertThat(linux(Map.of()).isInstalled()).isTrue();
        Files.createDirectories(root.resolve("System/Library/Frameworks/OpenCL.framework"));
        assertThat(new Loader("Mac OS X", Map.of(), root).isInstalled()).isTrue();
        file("System32/OpenCL.dll");
        assertThat(new Loader("Windows 11", Map.of("SystemRoot", root.toString()), root).isInstalled())
                .isTrue();
    }

    @Test
    void theLoaderIsFoundWhereTheSystemSays() throws Exception {
        file("some/where/libOpenCL.so.1");
        String path = "/no/such:" + root.resolve("some/where");
        assertThat(linux(Map.of("LD_LIBRARY_PATH", path)).isInstalled()).isTrue();
        Files.writeString(file("etc/ld.so.cache"), "ld.so-1.7.0\0libOpenCL.so.1\0/opt/x/libOpenCL.so.1\0");
        assertThat(linux(Map.of()).isInstalled()).isTrue();
    }

    @Test
    void driversAreRegisteredByFiles() throws Exception {
        file("etc/OpenCL/vendors/readme.txt");
        assertThat(linux(Map.of()).hasDrivers()).isFalse();
        Path icd = file("etc/OpenCL/vendors/some.icd");
        assertThat(linux(Map.of()).hasDrivers()).isTrue();
        Path empty = Files.createDirectory(root.resolve("empty"));
        assertThat(linux(Map.of("OCL_ICD_VENDORS", empty.toString())).hasDrivers())
                .isFalse();
        assertThat(linux(Map.of("OCL_ICD_VENDORS", icd.toString())).hasDrivers())
                .isTrue();
    }

    @Test
    void aLibraryThatIsNotThereIsNotLoaded() {
        assertThat(new Loader("Windows 11", Map.of(), root).whyNot()).isNotNull();
    }
}
