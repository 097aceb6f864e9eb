package dev.javelin.runtime.text;

/**
 * Cuts text into pieces that merges never cross; one regular expression of a pre-tokenizer, written as code because
 * {@code java.util.regex} overflows its stack on long pieces. Takes time linear in the text.
 *
 * <p>Immutable, usable from any thread.
 */
@FunctionalInterface
interface Splitter {

    /**
     * Cuts the text from {@code from} to before {@code end}, as if nothing stood around it.
     *
     * @param kinds the kind of each byte's character, see {@link CharKinds#classify}
     */
    void split(byte[] text, byte[] kinds, int from, int end, Pieces out);
}
