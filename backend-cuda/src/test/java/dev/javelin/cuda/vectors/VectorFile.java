package dev.javelin.cuda.vectors;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The file of vectors; its head says how it is written. */
final class VectorFile {
    private static final Pattern HEAD =
            Pattern.compile("\\[(.*)] ([a-z0-9 ]+) <- ([a-z0-9 ]+?)((?: (?:sm_|[a-z]+=)\\S+)*)");

    private VectorFile() {}

    static List<Vector> vectors() {
        InputStream in = Objects.requireNonNull(VectorFile.class.getResourceAsStream("instructions.txt"));
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            List<Vector> vectors = new ArrayList<>();
            List<String> lines = new ArrayList<>();
            for (String line :
                    reader.lines().filter(text -> !text.startsWith("#")).toList()) {
                if (!line.isBlank()) {
                    lines.add(line);
                } else if (!lines.isEmpty()) {
                    vectors.add(vector(lines));
                    lines.clear();
                }
            }
            vectors.add(vector(lines));
            return List.copyOf(vectors);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Vector vector(List<String> lines) {
        Matcher head = HEAD.matcher(lines.getFirst());
        if (!head.matches()) {
            throw new IllegalArgumentException("no head of a vector: " + lines.getFirst());
        }
        int architecture = 75;
        Nearness nearness = Nearness.EXACT;
        for (String extra : head.group(4).strip().split(" ", -1)) {
            if (extra.startsWith("sm_")) {
                architecture = Integer.parseInt(extra.substring(3));
            } else if (!extra.isEmpty()) {
                nearness = Nearness.of(extra);
            }
        }
        List<List<Long>> sources = new ArrayList<>();
        List<List<String>> results = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] sides = line.split(" = ", 2);
            sources.add(Arrays.stream(sides[0].split(" "))
                    .map(bits -> Long.parseUnsignedLong(bits, 16))
                    .toList());
            results.add(List.of(sides[1].split(" ")));
        }
        return new Vector(
                head.group(1), widths(head.group(2)), widths(head.group(3)), architecture, nearness, sources, results);
    }

    private static List<Width> widths(String names) {
        return Arrays.stream(names.split(" ")).map(Width::named).toList();
    }
}
