package dev.javelin.runtime;

import dev.javelin.api.DeviceInfo;
import dev.javelin.api.JavelinException;
import java.util.Locale;

/**
 * What a model takes of a device's memory, known before anything is loaded.
 *
 * @param weights bytes
 * @param state bytes of keys and values
 * @param stateTokens tokens that these are for, over all conversations
 * @param work bytes of what a step needs
 * @param free bytes of the device that were free before
 */
public record MemoryPlan(DeviceInfo device, long weights, long state, int stateTokens, long work, long free) {

    /** All of it. */
    public long total() {
        return weights + state + work;
    }

    public boolean fits() {
        return total() <= free;
    }

    /** The tokens of keys and values for which there would be room. */
    public long tokensThatFit() {
        long room = free - weights - work;
        return room <= 0 ? 0 : (long) (room / ((double) state / stateTokens));
    }

    void requireFit() {
        if (fits()) {
            return;
        }
        long tokens = tokensThatFit();
        throw new JavelinException("the model does not fit on the device: %s; %s"
                .formatted(
                        this,
                        tokens > 0
                                ? "a context of %d tokens would fit, or keys and values in Q8_0".formatted(tokens)
                                : "the weights alone are too large: take a smaller model or one with fewer"
                                        + " bits, or another device"));
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "device=%s, weights=%s, keysAndValues=%s for %d tokens, work=%s, total=%s, free=%s",
                device.id(),
                megabytes(weights),
                megabytes(state),
                stateTokens,
                megabytes(work),
                megabytes(total()),
                megabytes(free));
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.0f MB", bytes / 1e6);
    }
}
