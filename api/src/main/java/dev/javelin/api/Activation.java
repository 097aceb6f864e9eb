package dev.javelin.api;

/** The non-linear functions of feed-forward layers. */
public enum Activation {
    /** {@code x / (1 + exp(-x))}. */
    SILU,
    /** {@code x/2 (1 + tanh(sqrt(2/π) (x + 0.044715 x³)))}. */
    GELU_TANH,
    /** {@code x/2 (1 + erf(x / sqrt 2))}. */
    GELU_ERF,
    /** {@code max(x, 0)²}. */
    RELU_SQUARED
}
