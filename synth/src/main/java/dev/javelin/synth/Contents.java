package dev.javelin.synth;

import java.util.List;

/** What is in a tensor. */
sealed interface Contents {

    /** Random numbers around {@code mean}, so far from it. */
    record Around(float mean, float deviation) implements Contents {}

    /** These numbers. */
    record Exactly(List<Float> values) implements Contents {}
}
