package dev.javelin.runtime.text;

import java.util.List;

/**
 * How a model's text is cut into pieces before merging, and what else its name stands for.
 *
 * <p>Immutable, usable from any thread.
 *
 * @param splitters each cuts the pieces of the one before it
 * @param ignoreMerges whether a piece that is a token is that token, whatever the merges would make of it
 * @param addBos whether encodings begin with the begin token, unless the file says otherwise
 * @param kinds what kind of character each code point is to the splitters
 */
record PreTokenizer(List<Splitter> splitters, boolean ignoreMerges, boolean addBos, CharKinds kinds) {

    PreTokenizer {
        splitters = List.copyOf(splitters);
    }

    /** Passes pieces through all splitters to {@code last}; {@code kinds} are those of {@code text}. */
    Pieces cascade(byte[] text, byte[] kindsOfText, Pieces last) {
        Pieces pieces = last;
        for (Splitter splitter : splitters.reversed()) {
            Pieces next = pieces;
            pieces = (from, end) -> splitter.split(text, kindsOfText, from, end, next);
        }
        return pieces;
    }
}
