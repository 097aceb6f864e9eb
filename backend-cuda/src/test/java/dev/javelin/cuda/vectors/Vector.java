package dev.javelin.cuda.vectors;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An instruction, or a few that belong together, with rows of what goes in and what must come out. A row is a lane.
 *
 * @param architecture the earliest that has the instruction, such as 75
 * @param sources as bits, row by row
 * @param results as bits in hexadecimal, or {@code nan}, row by row
 */
record Vector(
        String instruction,
        List<Width> resultWidths,
        List<Width> sourceWidths,
        int architecture,
        Nearness nearness,
        List<List<Long>> sources,
        List<List<String>> results) {

    private static final int LANES = 32;

    /** Whole warps: the rest of the last one repeats the last row. */
    int blocks() {
        return (sources.size() + LANES - 1) / LANES;
    }

    int lanes() {
        return blocks() * LANES;
    }

    List<Long> sourcesOfLane(int lane) {
        return sources.get(Math.min(lane, sources.size() - 1));
    }

    /** A kernel of two pointers: cells of the sources, then of the results, each with all lanes of the first register first. */
    String kernel() {
        List<String> lines = new ArrayList<>(List.of(
                ".version 8.0",
                ".target sm_" + architecture,
                ".address_size 64",
                ".visible .entry vector(.param .u64 sources, .param .u64 results)",
                "{",
                ".reg .b32 %word, %at, %block;",
                ".reg .b64 %from, %to, %far;"));
        IntStream.range(0, sourceWidths.size())
                .forEach(i -> lines.add(sourceWidths.get(i).declaration("%a" + i)));
        IntStream.range(0, resultWidths.size())
                .forEach(i -> lines.add(resultWidths.get(i).declaration("%r" + i)));
        lines.addAll(List.of(
                "ld.param.u64 %from, [sources];",
                "ld.param.u64 %to, [results];",
                "mov.u32 %at, %tid.x;",
                "mov.u32 %block, %ctaid.x;",
                "mad.lo.u32 %at, %block, " + LANES + ", %at;",
                "mul.wide.u32 %far, %at, 8;",
                "add.u64 %from, %from, %far;",
                "add.u64 %to, %to, %far;"));
        for (int i = 0; i < sourceWidths.size(); i++) {
            lines.add(sourceWidths.get(i).load("%a" + i, "%from+" + 8 * lanes() * i));
        }
        lines.add(instruction);
        for (int i = 0; i < resultWidths.size(); i++) {
            lines.add(resultWidths.get(i).store("%r" + i, "%to+" + 8 * lanes() * i));
        }
        lines.addAll(List.of("ret;", "}", ""));
        return String.join("\n", lines);
    }

    /** The vector with other results, as they came out. */
    Vector seen(List<List<Long>> bits) {
        List<List<String>> texts = bits.stream()
                .map(row -> IntStream.range(0, row.size())
                        .mapToObj(i -> resultWidths.get(i).text(row.get(i)))
                        .toList())
                .toList();
        return new Vector(instruction, resultWidths, sourceWidths, architecture, nearness, sources, texts);
    }

    /** As it stands in the file. */
    String text() {
        String head = "[%s] %s <- %s%s%s\n"
                .formatted(
                        instruction,
                        types(resultWidths),
                        types(sourceWidths),
                        architecture == 75 ? "" : " sm_" + architecture,
                        nearness.text());
        return IntStream.range(0, sources.size())
                .mapToObj(row -> IntStream.range(0, sourceWidths.size())
                                .mapToObj(i -> sourceWidths
                                        .get(i)
                                        .text(sources.get(row).get(i)))
                                .collect(Collectors.joining(" "))
                        + " = " + String.join(" ", results.get(row)) + "\n")
                .collect(Collectors.joining("", head, "\n"));
    }

    private static String types(List<Width> widths) {
        return widths.stream().map(Width::type).collect(Collectors.joining(" "));
    }
}
