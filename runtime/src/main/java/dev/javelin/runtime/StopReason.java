package dev.javelin.runtime;

/** Why a generation ended. */
public enum StopReason {
    /** The model said that it is done. */
    END,
    /** A stop string came up. */
    STOP_STRING,
    /** As many tokens as were asked for. */
    MAX_TOKENS,
    /** The conversation fills the context of the model. */
    CONTEXT_FULL,
    /** It was cancelled, or its conversation or model closed. */
    CANCELLED
}
