package dev.javelin.api;

/**
 * How long one operation of a plan took so far.
 *
 * @param op as the device runs it, after fusion
 * @param nanos over all runs
 */
public record OpTime(Op op, long runs, long nanos) {}
