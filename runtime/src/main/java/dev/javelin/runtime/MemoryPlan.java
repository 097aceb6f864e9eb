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
        throw new JavelinException(
                String.format(Locale.ROOT, "the model does not fit on the device: %s; %s", this, remedy()));
    }

    private String remedy() {
        long tokens = tokensThatFit();
        if (weights + work > free) {
            return "the weights alone are too large: take a smaller model or one with fewer bits, or another device";
        }
        if (tokens == 0) {
            return "open it for fewer conversations";
        }
        String fits = String.format(Locale.ROOT, "a context of %d tokens would fit", tokens);
        boolean smaller = weights + work + state / 32 * 17 <= free; // what Q8_0 takes of F16, which is the default
        return smaller ? fits + ", or keys and values in Q8_0" : fits;
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
