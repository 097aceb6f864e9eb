package dev.javelin.runtime.gguf;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a part of a split model, such as {@code model-00001-of-00003.gguf}.
 *
 * @param number from 0
 */
record SplitName(Path path, String prefix, int number, int count) {

    private static final Pattern FORM = Pattern.compile("(.*)-([0-9]{5})-of-([0-9]{5})\\.gguf");

    /** The name, or null if it has another form. */
    static @Nullable SplitName of(Path path) {
        Path name = path.getFileName();
        Matcher matcher = FORM.matcher(name == null ? "" : name.toString());
        if (!matcher.matches()) {
            return null;
        }
        return new SplitName(
                path, matcher.group(1), Integer.parseInt(matcher.group(2)) - 1, Integer.parseInt(matcher.group(3)));
    }

    /** The path of another part, in the same folder. */
    Path sibling(int other) {
        return path.resolveSibling(String.format(Locale.ROOT, "%s-%05d-of-%05d.gguf", prefix, other + 1, count));
    }
}
