package dev.javelin.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import org.junit.jupiter.api.Test;

/**
 * Vectors never cross a method of ours. The JIT puts every vector on the heap that goes into or comes out of a method that it
 * does not inline, and whether it inlines one of ours depends on what it has compiled before.
 */
final class VectorsInMethodsTest {

    @Test
    void noMethodTakesOrReturnsVectors() throws Exception {
        List<Class<?>> classes = classes();
        assertThat(classes).contains(VectorTile.class, PanelQ6_K.class);
        assertThat(classes.stream().flatMap(each -> Stream.of(each.getDeclaredMethods())))
                .noneMatch(VectorsInMethodsTest::passesVectors);
    }

    private static boolean passesVectors(Method method) {
        return Stream.concat(Stream.of(method.getReturnType()), Stream.of(method.getParameterTypes()))
                .anyMatch(type -> Vector.class.isAssignableFrom(type) || VectorMask.class.isAssignableFrom(type));
    }

    private static List<Class<?>> classes() throws Exception {
        Path root = Path.of(CpuBackend.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString())
                    .filter(file -> file.startsWith("dev/javelin/cpu/") && file.endsWith(".class"))
                    .filter(file -> !file.endsWith("package-info.class"))
                    .<Class<?>>map(VectorsInMethodsTest::load)
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Class<?> load(String file) {
        try {
            String name = file.substring(0, file.length() - ".class".length()).replace('/', '.');
            return Class.forName(name, false, VectorsInMethodsTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
