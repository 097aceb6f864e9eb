package dev.javelin.runtime;

/**
 * How busy a model is.
 *
 * @param generations under way or waiting
 * @param conversations open
 * @param blocksInUse blocks of keys and values that some conversation keeps
 * @param steps run since it was opened; one step serves many conversations
 * @param tokens that these steps had in all
 */
public record Activity(int generations, int conversations, int blocksInUse, long steps, long tokens) {}
