package dev.javelin.runtime.text;

/** How a kind of vocabulary turns text into tokens. Immutable, usable from any thread. */
sealed interface TextModel permits BytePairModel, SentencePieceModel {

    /** Encodes the text between special tokens; one for each encoding, not thread-safe. */
    @FunctionalInterface
    interface Session {
        /**
         * Encodes the text from {@code from} to before {@code end}.
         *
         * @param first whether nothing or a special token stands before it
         */
        void encode(byte[] text, int from, int end, boolean first, TokenBuffer out);
    }

    Session session();
}
