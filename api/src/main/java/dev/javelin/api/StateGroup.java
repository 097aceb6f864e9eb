package dev.javelin.api;

/**
 * A kind of state that a sequence keeps between steps. Keys and values of attention are the only one so far; the state of
 * recurrent layers will be another.
 */
public sealed interface StateGroup permits KvGroup {

    /** Unique among the groups of a model. */
    String name();

    /**
     * The first token whose block a step must name for a sequence that had {@code length} tokens before it; blocks wholly
     * before that one are not looked at.
     */
    int seenFrom(int length);

    /** Name and formats, for errors and profiles. */
    String summary();

    /** Bytes of one block in its exported form, see {@link StateStore#exportBlock}. */
    long blockBytes(int blockTokens);
}
