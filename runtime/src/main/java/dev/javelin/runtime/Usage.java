package dev.javelin.runtime;

/**
 * Tokens of one generation.
 *
 * @param prompt tokens before the first that was generated, the whole conversation so far
 * @param reused those of them whose state was there already, so that they cost no time
 * @param generated tokens that were generated, the one that ended it included
 */
public record Usage(int prompt, int reused, int generated) {}
