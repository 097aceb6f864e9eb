package dev.javelin.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is shipped was made from the text that is there. Where this fails, run {@code src/main/cuda/generate.sh}. */
class ManifestTest {
    private static final Path SOURCES = Path.of("src/main/cuda");

    @Test
    void thePtxIsThatOfTheText() throws IOException {
        assertThat(hashes(SOURCES, ".cu", ".cuh", ".txt", ".sh")).isEqualTo(manifest("source"));
    }

    @Test
    void thePtxIsAsItWasMade() throws IOException {
        assertThat(hashes(Shipped.FOLDER, ".ptx")).isEqualTo(manifest("ptx"));
    }

    @Test
    void everyModuleOfTheListIsShipped() throws IOException {
        Set<String> listed = new TreeSet<>();
        for (String line : Files.readAllLines(SOURCES.resolve("modules.txt"))) {
            if (!line.startsWith("#")) {
                List<String> words = List.of(line.split("\\s+", -1));
                for (String target : words.get(2).split(",", -1)) {
                    listed.add(target + "/" + words.getFirst());
                }
            }
        }
        assertThat(Shipped.all()).extracting(Shipped::toString).containsExactlyInAnyOrderElementsOf(listed);
    }

    /** Older drivers take what says an older version. */
    @Test
    void everyModuleSaysItsTargetAndVersion() {
        assertThat(Shipped.all()).isNotEmpty().allSatisfy(module -> {
            PtxTarget target = PtxTarget.valueOf(module.target().toUpperCase(Locale.ROOT));
            assertThat(module.ptx().target()).isEqualTo(module.target());
            assertThat(module.ptx().version()).isEqualTo(target.version());
        });
    }

    private static Map<String, String> manifest(String kind) throws IOException {
        Map<String, String> hashes = new TreeMap<>();
        for (String line : Files.readAllLines(Shipped.FOLDER.resolve("manifest.txt"))) {
            String[] words = line.split(" ", -1);
            if (words[0].equals(kind)) {
                hashes.put(words[2], words[1]);
            }
        }
        return hashes;
    }

    private static Map<String, String> hashes(Path folder, String... endings) throws IOException {
        Map<String, String> hashes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Stream.of(endings).anyMatch(ending -> file.toString().endsWith(ending))) {
                    hashes.put(folder.relativize(file).toString().replace('\\', '/'), hash(Files.readAllBytes(file)));
                }
            }
        }
        return hashes;
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
