package dev.javelin.api;

/** How carefully a plan calculates. */
public enum Precision {
    /** F32 arithmetic on F32 activations throughout. */
    EXACT,
    /** Activations may be rounded to what {@link Device#activation} says, where that is faster. */
    FAST
}
