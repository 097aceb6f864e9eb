import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.JavaFormatterOptions.Style;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Formats every Java source below a folder ({@code write}), or only finds those that are not formatted ({@code check}).
 * What it finds wrong is printed and left in a file; where all is well, there is no such file.
 */
public final class FormatSources {

    private static final Formatter FORMATTER = Formatter.createFormatter(
            JavaFormatterOptions.builder().style(Style.PALANTIR).build());

    private FormatSources() {}

    public static void main(String[] arguments) throws IOException {
        boolean write = arguments[0].equals("write");
        Path root = Path.of(arguments[1]).toRealPath();
        Path findingsFile = Path.of(arguments[2]);
        List<String> findings;
        try (Stream<Path> sources = sources(root)) {
            findings = sources.parallel()
                    .map(source -> visit(root, source, write))
                    .flatMap(Optional::stream)
                    .sorted()
                    .toList();
        }
        findings.forEach(System.out::println);
        Files.deleteIfExists(findingsFile);
        if (!findings.isEmpty()) {
            Files.createDirectories(findingsFile.getParent());
            Files.write(findingsFile, findings);
        }
    }

    private static Stream<Path> sources(Path root) throws IOException {
        return Files.walk(root)
                .filter(path -> path.toString().endsWith(".java"))
                .filter(path -> isOurs(root, path));
    }

    /** Build output and hidden folders may hold sources too, which nobody wrote. */
    private static boolean isOurs(Path root, Path source) {
        for (Path part : root.relativize(source)) {
            if (part.toString().equals("target") || part.toString().startsWith(".")) {
                return false;
            }
        }
        return true;
    }

    private static Optional<String> visit(Path root, Path source, boolean write) {
        String name = root.relativize(source).toString();
        try {
            String text = Files.readString(source);
            String formatted = FORMATTER.formatSourceAndFixImports(text);
            if (formatted.equals(text)) {
                return Optional.empty();
            }
            if (write) {
                Files.writeString(source, formatted);
                System.out.println("formatted: " + name);
                return Optional.empty();
            }
            return Optional.of("not formatted: " + name);
        } catch (FormatterException e) {
            return Optional.of("cannot be parsed: " + name + ":" + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
