package dev.javelin.runtime.text;

/** Takes the pieces of a text, in order and without gaps. */
@FunctionalInterface
interface Pieces {

    /** The piece from {@code from} to before {@code end}; never empty. */
    void piece(int from, int end);
}
