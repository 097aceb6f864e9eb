package dev.javelin.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.javelin.checks.BuiltJars.Ended;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * JCuda is loaded from the built jars in each way that a user may start them, with a library in the place of NVIDIA's driver that
 * knows its version and nothing else. Skipped where nothing compiles that.
 */
final class JcudaInJarsTest {
    private static final String DRIVER = "int cuDriverGetVersion(int *version) { *version = 12345; return 0; }\n";
    private static final String MAIN = AskDriver.class.getName();
    private static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";

    @TempDir
    private Path folder;

    @BeforeEach
    void compileDriver() throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                System.getProperty("os.name").equals("Linux")
                        && System.getProperty("os.arch").equals("amd64"),
                "JCuda has a library for Linux on x86-64 only, as far as it can be tried here");
        Path text = Files.writeString(folder.resolve("driver.c"), DRIVER);
        try {
            Process compiler = new ProcessBuilder(
                            "cc", "-shared", "-fPIC", "-o", folder + "/libcuda.so.1", text.toString())
                    .inheritIO()
                    .start();
            assertThat(compiler.waitFor()).isZero();
        } catch (IOException noCompiler) {
            Assumptions.abort("there is no compiler for C: " + noCompiler.getMessage());
        }
    }

    private void answers(String... arguments) throws Exception {
        Ended ended = BuiltJars.java(Map.of("LD_LIBRARY_PATH", folder.toString()), arguments);
        assertThat(ended.out()).containsExactly("12345");
        assertThat(ended.err()).isSubsetOf(List.of("WARNING: Using incubator modules: jdk.incubator.vector"));
        assertThat(ended.code()).isZero();
    }

    @Test
    void asModules() throws Exception {
        answers(
                "--enable-native-access=dev.javelin.cuda,ALL-UNNAMED",
                "--add-exports=dev.javelin.cuda/dev.javelin.cuda.driver=dev.javelin.checks",
                "-p",
                BuiltJars.lib() + File.pathSeparator + BuiltJars.program(),
                "-m",
                "dev.javelin.checks/" + MAIN);
    }

    @Test
    void onTheClassPath() throws Exception {
        String classPath = BuiltJars.lib() + File.separator + "*" + File.pathSeparator + BuiltJars.program();
        answers(NATIVE_ACCESS, "-cp", classPath, MAIN);
    }

    @Test
    void shaded() throws Exception {
        answers(NATIVE_ACCESS, "-cp", BuiltJars.shaded().toString(), MAIN);
    }

    @Test
    void inNestedJars() throws Exception {
        Path jar = NestedJar.write(folder.resolve("nested.jar"), AskDriver.class);
        answers(NATIVE_ACCESS, "-jar", jar.toString());
    }
}
