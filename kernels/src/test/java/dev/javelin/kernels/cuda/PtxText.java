package dev.javelin.kernels.cuda;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a module of PTX says of itself, as far as text can tell. */
record PtxText(String text) {
    private static final Pattern ENTRY = Pattern.compile("\\.visible \\.entry (\\w+)\\(([^)]*)\\)");
    private static final Pattern PARAMETER = Pattern.compile("\\.param \\.(\\w+)");

    /** The types of each function's parameters. */
    Map<String, List<String>> entries() {
        Map<String, List<String>> entries = new LinkedHashMap<>();
        Matcher entry = ENTRY.matcher(text);
        while (entry.find()) {
            entries.put(
                    entry.group(1),
                    PARAMETER
                            .matcher(entry.group(2))
                            .results()
                            .map(parameter -> parameter.group(1))
                            .toList());
        }
        return entries;
    }

    /** The version of PTX that it says. */
    String version() {
        return word("\\.version (\\S+)");
    }

    /** The target that it says. */
    String target() {
        return word("\\.target (\\S+)");
    }

    private String word(String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
    }
}
