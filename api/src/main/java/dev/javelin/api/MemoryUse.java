package dev.javelin.api;

/**
 * What is open on a device.
 *
 * @param weights bytes of placed weights
 * @param states bytes of sequence state
 * @param buffers bytes of buffers
 * @param plans bytes of temporaries and outputs of plans
 * @param open number of weights, state stores, buffers and plans that are not closed
 */
public record MemoryUse(long weights, long states, long buffers, long plans, int open) {

    /** All bytes. */
    public long total() {
        return weights + states + buffers + plans;
    }
}
