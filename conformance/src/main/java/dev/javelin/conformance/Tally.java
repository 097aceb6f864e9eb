package dev.javelin.conformance;

import dev.javelin.api.DeviceInfo;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts verdicts and writes to the log what was tried, with the seed that brings it back. For one thread. */
final class Tally {

    private static final System.Logger LOG = System.getLogger("dev.javelin.conformance");

    /** What is tried between two signs of life. */
    private static final int STRIDE = 5000;

    private final Map<String, int[]> counts = new TreeMap<>();
    private String who = "";
    private long begun;
    private int tried;
    private double closest;
    private @Nullable String closestFamily;

    void begin(DeviceInfo device, Selection selection) {
        who = "device=%s (%s), kit=%s, seed=%d"
                .formatted(
                        device.id(),
                        device.name(),
                        selection.extent().name().toLowerCase(Locale.ROOT),
                        selection.seed());
        begun = System.nanoTime();
        LOG.log(System.Logger.Level.INFO, "conformance begins: {0}", who);
    }

    void count(String family, Verdict verdict) {
        if (++tried % STRIDE == 0) {
            LOG.log(
                    System.Logger.Level.INFO,
                    String.format(Locale.ROOT, "conformance: %,d tried, now %s", tried, family));
        }
        int[] count = counts.computeIfAbsent(family, fresh -> new int[3]);
        switch (verdict) {
            case Verdict.Passed(double closeness) -> {
                count[0]++;
                if (closeness > closest) {
                    closest = closeness;
                    closestFamily = family;
                }
            }
            case Verdict.Failed failed -> count[1]++;
            case Verdict.Refused refused -> count[2]++;
        }
    }

    void end() {
        if (who.isEmpty()) {
            return; // there was no device
        }
        StringBuilder line = new StringBuilder();
        int[] all = new int[3];
        counts.forEach((family, count) -> {
            line.append(line.isEmpty() ? "" : ", ").append(family).append(' ').append(count[0]);
            for (int i = 0; i < all.length; i++) {
                all[i] += count[i];
            }
        });
        double seconds = (System.nanoTime() - begun) * 1e-9;
        LOG.log(
                System.Logger.Level.INFO,
                String.format(
                        Locale.ROOT,
                        """
                        conformance ended: %s, passed=%d, failed=%d, refused=%d, seconds=%.1f
                        cases of the full product: %d combinations, less those that do not go together
                        largest share of a tolerance: %.3f (%s)
                        passed: %s\
                        """,
                        who,
                        all[0],
                        all[1],
                        all[2],
                        seconds,
                        Cases.productSize(),
                        closest,
                        closestFamily,
                        line));
    }
}
