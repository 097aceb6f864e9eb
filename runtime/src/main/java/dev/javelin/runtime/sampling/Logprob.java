package dev.javelin.runtime.sampling;

/**
 * A token and the natural logarithm of its probability.
 *
 * @param logprob minus infinity if the token is impossible
 */
public record Logprob(int token, double logprob) {}
