package dev.javelin.runtime.engine;

/**
 * The tokens of one conversation and where their state is kept. The tokens are the truth; the state may be gone, in memory
 * shortage, and is then computed anew. Belongs to the thread of its engine.
 */
public final class Sequence {
    final Tokens tokens;
    KvTable table;
    boolean closed;

    /** When it was last in a step, to tell which one can be put off. */
    long lastUsed;

    Sequence(Tokens tokens, KvTable table) {
        this.tokens = tokens;
        this.table = table;
    }

    /** Tokens without state. */
    int pending() {
        return tokens.size() - table.length();
    }
}
