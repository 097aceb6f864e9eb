package dev.javelin.api;

/**
 * A kind of state that a sequence keeps between steps. Keys and values of attention are the only one so far; the state of
 * recurrent layers will be another.
 */
public sealed interface StateGroup permits KvGroup {

    /** Unique among the groups of a model. */
    String name();

    /** Bytes of one block in its exported form, see {@link StateStore#exportBlock}. */
    long blockBytes(int blockTokens);
}
