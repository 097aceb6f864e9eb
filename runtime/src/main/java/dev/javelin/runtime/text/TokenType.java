package dev.javelin.runtime.text;

/** What a token stands for; the order is that of {@code tokenizer.ggml.token_type}. */
public enum TokenType {
    /** The file does not say; such a token has no text. */
    UNDEFINED,
    /** A piece of text. */
    NORMAL,
    /** Stands for what the vocabulary cannot spell. */
    UNKNOWN,
    /** Steers the model, and is no text of a conversation. */
    CONTROL,
    /** A piece of text that is matched before all others, even in the text of a user. */
    USER_DEFINED,
    /** Reserved; it has no text. */
    UNUSED,
    /** One byte of a character that has no token of its own. */
    BYTE
}
