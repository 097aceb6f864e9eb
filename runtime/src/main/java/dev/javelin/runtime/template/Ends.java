package dev.javelin.runtime.template;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What stripping takes off a string, and from which of its ends. */
final class Ends {

    private static final int CHEAP = 8;

    private final boolean left;
    private final boolean right;
    private final int @Nullable [] characters;

    private Ends(boolean left, boolean right, int @Nullable [] characters) {
        this.left = left;
        this.right = right;
        this.characters = characters;
    }

    /** {@code characters} null means whitespace. */
    static Ends of(boolean left, boolean right, @Nullable String characters) {
        return new Ends(
                left,
                right,
                characters == null ? null : characters.codePoints().sorted().toArray());
    }

    boolean left() {
        return left;
    }

    boolean right() {
        return right;
    }

    boolean strips(int c) {
        return characters == null ? Chars.isSpace(c) : Arrays.binarySearch(characters, c) >= 0;
    }

    int cost() {
        return characters == null || characters.length < CHEAP ? 1 : 4;
    }
}
