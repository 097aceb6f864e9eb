package dev.javelin.kernels.cuda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The modules that are shipped, as files of this repository. */
record Shipped(String target, String module, String text) {

    static final Path FOLDER = Path.of("src/main/resources/dev/javelin/kernels/cuda");

    static List<Shipped> all() {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".ptx"))
                    .sorted()
                    .map(Shipped::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Shipped of(Path file) {
        try {
            String name = file.getFileName().toString();
            return new Shipped(
                    FOLDER.relativize(file).getName(0).toString(),
                    name.substring(0, name.length() - ".ptx".length()),
                    Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    PtxText ptx() {
        return new PtxText(text);
    }

    @Override
    public String toString() {
        return target + "/" + module;
    }
}
