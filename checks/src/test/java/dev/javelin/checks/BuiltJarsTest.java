package dev.javelin.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.javelin.checks.BuiltJars.Ended;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Starts the built jars in each way that a user may: as modules, on the class path, shaded into one jar, and as jars inside a
 * jar. Every way finds the same backends and computes the same; the vector module has to be added by hand on the class path only.
 */
final class BuiltJarsTest {
    private static final String MODULE = "dev.javelin.checks/";
    private static final String MAIN = MultiplyEverywhere.class.getName();
    private static final String ASK = AskTiny.class.getName();
    private static final String VECTOR = "--add-modules=jdk.incubator.vector";

    /** The JDK's own line, which no flag silences. */
    private static final List<String> INCUBATING = List.of("WARNING: Using incubator modules: jdk.incubator.vector");

    private static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";
    private static final String NATIVE_ACCESS_AS_MODULES =
            "--enable-native-access=dev.javelin.cuda,dev.javelin.opencl,jocl,ALL-UNNAMED";

    private static final String REFERENCE = "reference: reference:0 [48.0, 96.0, 144.0]";
    private static final String CPU = "cpu: cpu:0 [48.0, 96.0, 144.0]";

    @TempDir
    private Path folder;

    @Test
    void asModules() throws Exception {
        String modules = BuiltJars.lib() + File.pathSeparator + BuiltJars.program();
        saysWithVectors(BuiltJars.java(NATIVE_ACCESS_AS_MODULES, "-p", modules, "-m", MODULE + MAIN));
    }

    @Test
    void onTheClassPath() throws Exception {
        saysWithVectors(BuiltJars.java(VECTOR, NATIVE_ACCESS, "-cp", classPath(), MAIN));
    }

    @Test
    void onTheClassPathWithoutTheVectorModule() throws Exception {
        saysWithoutVectors(BuiltJars.java(NATIVE_ACCESS, "-cp", classPath(), MAIN));
    }

    @Test
    void shaded() throws Exception {
        saysWithVectors(
                BuiltJars.java(VECTOR, NATIVE_ACCESS, "-cp", BuiltJars.shaded().toString(), MAIN));
    }

    @Test
    void shadedWithoutTheVectorModule() throws Exception {
        saysWithoutVectors(
                BuiltJars.java(NATIVE_ACCESS, "-cp", BuiltJars.shaded().toString(), MAIN));
    }

    @Test
    void theModelAnswersAsModules() throws Exception {
        String modules = BuiltJars.lib() + File.pathSeparator + BuiltJars.program();
        answers(BuiltJars.java(NATIVE_ACCESS_AS_MODULES, "-p", modules, "-m", MODULE + ASK));
    }

    @Test
    void theModelAnswersOnTheClassPath() throws Exception {
        answers(BuiltJars.java(VECTOR, NATIVE_ACCESS, "-cp", classPath(), ASK));
    }

    @Test
    void theModelAnswersShaded() throws Exception {
        answers(BuiltJars.java(VECTOR, NATIVE_ACCESS, "-cp", BuiltJars.shaded().toString(), ASK));
    }

    @Test
    void theModelAnswersInNestedJars() throws Exception {
        Path jar = NestedJar.write(folder.resolve("nested.jar"), AskTiny.class);
        answers(BuiltJars.java(VECTOR, NATIVE_ACCESS, "-jar", jar.toString()));
    }

    @Test
    void theModelSaysWhatItLacksInNestedJars() throws Exception {
        Path jar = NestedJar.write(folder.resolve("nested.jar"), AskTiny.class);
        Ended ended = BuiltJars.java(NATIVE_ACCESS, "-jar", jar.toString());
        assertThat(ended.err()).anySatisfy(line -> assertThat(line).contains("--add-modules jdk.incubator.vector"));
        assertThat(ended.code()).isNotZero();
    }

    private static void answers(Ended ended) {
        assertThat(ended.err()).isEqualTo(INCUBATING);
        assertThat(ended.out()).hasSize(2).containsOnly("cpu:0: The capital of France is Paris.");
        assertThat(ended.code()).isZero();
    }

    private static void saysWithVectors(Ended ended) {
        assertThat(besidesGpus(ended)).containsExactlyInAnyOrder(REFERENCE, CPU);
        assertThat(ended.err()).isEqualTo(INCUBATING);
        assertThat(ended.code()).isZero();
    }

    private static void saysWithoutVectors(Ended ended) {
        assertThat(besidesGpus(ended))
                .hasSize(2)
                .contains(REFERENCE)
                .anySatisfy(line ->
                        assertThat(line).startsWith("cpu: unavailable").contains("--add-modules jdk.incubator.vector"));
        assertThat(ended.err()).isEmpty();
        assertThat(ended.code()).isZero();
    }

    /** What the others say; whether there is a device of these depends on the machine. */
    private static List<String> besidesGpus(Ended ended) {
        List<String> others = ended.out();
        for (String backend : List.of("cuda", "opencl")) {
            assertThat(ended.out())
                    .filteredOn(line -> line.startsWith(backend + ": "))
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line)
                            .matches("%1$s: (%1$s:\\d+ \\[48\\.0, 96\\.0, 144\\.0]|unavailable; reason: .*)"
                                    .formatted(backend)));
            others = others.stream()
                    .filter(line -> !line.startsWith(backend + ": "))
                    .toList();
        }
        return others;
    }

    private static String classPath() {
        return BuiltJars.lib() + File.separator + "*" + File.pathSeparator + BuiltJars.program();
    }
}
