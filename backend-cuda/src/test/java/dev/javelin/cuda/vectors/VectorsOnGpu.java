package dev.javelin.cuda.vectors;

import dev.javelin.cuda.Installed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** All vectors on a GPU of this machine, for {@code bench/gpu/check.sh}. */
public final class VectorsOnGpu {

    /**
     * What came of it.
     *
     * @param executed how many
     * @param newer how many want a newer GPU
     * @param wrong the instructions with other results than those of the file, and the first difference
     */
    public record Outcome(int executed, int newer, List<String> wrong) {}

    private VectorsOnGpu() {}

    /** Executes them on the device of that number; what it answers is written in the form of the file of vectors. */
    public static Outcome run(int device, Path out) throws IOException {
        int executed = 0;
        int newer = 0;
        List<String> wrong = new ArrayList<>();
        StringBuilder answers = new StringBuilder();
        try (VectorRun run = new VectorRun(Installed.cuda(), device)) {
            for (Vector vector : VectorFile.vectors()) {
                if (vector.architecture() > run.architecture()) {
                    newer++;
                    continue;
                }
                executed++;
                try {
                    List<List<Long>> seen = run.run(vector);
                    answers.append(vector.seen(seen).text());
                    VectorCheck.differences(vector, seen).stream()
                            .findFirst()
                            .ifPresent(first -> wrong.add(vector.instruction() + ": " + first));
                } catch (IllegalStateException refused) {
                    wrong.add(vector.instruction() + ": " + refused.getMessage());
                }
            }
        }
        Files.writeString(out, answers);
        return new Outcome(executed, newer, List.copyOf(wrong));
    }
}
