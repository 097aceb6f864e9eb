package dev.javelin.cuda.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.javelin.kernels.cuda.CudaKernels;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every instruction of the PTX that ships has a vector, but for those that a test of memory or control looks at. */
class CoverageTest {
    private static final Pattern NAME =
            Pattern.compile("(?m)^\\s*\\{?\\s*(?:@!?%p\\d+\\s+)?([a-z]\\w*(?:\\.[\\w:]+)+)");
    private static final Pattern FILE = Pattern.compile("(?m)^ptx \\S+ (\\S+)$");

    /** Opcodes of {@code MemoryTest} and {@code SinsTest}. */
    private static final Set<String> ELSEWHERE =
            Set.of("ld", "st", "bra", "bar", "cvta", "atom", "red", "cp", "ldmatrix", "membar", "fence", "brx");

    @Test
    void allThatShipsIsVectored() throws IOException {
        Set<String> known = VectorFile.vectors().stream()
                .flatMap(vector ->
                        NAME.matcher(vector.instruction().replace("; ", ";\n")).results())
                .map(CoverageTest::name)
                .collect(Collectors.toSet());
        Set<String> missing = new TreeSet<>();
        String manifest = text("manifest.txt");
        assertThat(FILE.matcher(manifest).results()).isNotEmpty();
        for (MatchResult file : FILE.matcher(manifest).results().toList()) {
            NAME.matcher(text(file.group(1)))
                    .results()
                    .map(CoverageTest::name)
                    .filter(name -> !known.contains(name) && !ELSEWHERE.contains(name.split("\\.", 2)[0]))
                    .forEach(missing::add);
        }
        assertThat(missing).isEmpty();
    }

    /** Types that a move, a choice or a bit operation does not look at count as bits. */
    private static String name(MatchResult found) {
        String name = found.group(1);
        String opcode = name.split("\\.", 2)[0];
        boolean blind = Set.of("mov", "selp", "shl").contains(opcode);
        return blind ? name.replaceAll("\\.[usf](\\d+)$", ".b$1") : name;
    }

    private static String text(String file) throws IOException {
        try (InputStream in = Objects.requireNonNull(CudaKernels.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
