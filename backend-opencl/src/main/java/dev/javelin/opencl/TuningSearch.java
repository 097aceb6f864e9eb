package dev.javelin.opencl;

import dev.javelin.api.JavelinException;
import dev.javelin.api.Value;
import dev.javelin.kernels.gpu.DeviceTraits;
import dev.javelin.kernels.gpu.GpuDriver;
import dev.javelin.kernels.opencl.OpenClKernels;
import dev.javelin.kernels.opencl.Tuning;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Finds the sizes with which products are fastest on a device, by trying them for a second or two; what was found is kept in the
 * cache for the next time. Where something goes wrong, the usual sizes have to do.
 */
final class TuningSearch {
    private static final long LONGEST_NANOS = 1_500_000_000L;

    /** Changes when the kernels do so much that what was found before says nothing. */
    private static final String VERSION = "tuning 1";

    /** By how much another size must be faster than the usual one: clocks are not that steady. */
    private static final double WORTH = 0.95;

    private static final int ONE_TOKEN = 1;

    private final GpuDriver driver;
    private final DeviceTraits traits;
    private final ProgramCache cache;
    private final String versions;

    /** @param versions of all that the speed of a kernel depends on */
    TuningSearch(GpuDriver driver, DeviceTraits traits, ProgramCache cache, String versions) {
        this.driver = driver;
        this.traits = traits;
        this.cache = cache;
        this.versions = versions;
    }

    /** The best sizes for products with matrices like this one. With the device's lock held. */
    Tuning find(Value matrix) {
        String key = ProgramCache.key(
                VERSION, versions, traits.toString(), matrix.format().name());
        Tuning known = Tuning.of(new String(cache.load(key), StandardCharsets.UTF_8), traits);
        if (known != null) {
            return known;
        }
        Tuning usual = Tuning.usual(traits);
        long end = System.nanoTime() + LONGEST_NANOS;
        try (TrialProduct trial = new TrialProduct(driver, matrix)) {
            Tuning rows = fastest(trial, usual.withOtherRows(), ONE_TOKEN, end);
            Tuning best = fastest(trial, rows.withOtherSides(), TrialProduct.TOKENS, end);
            cache.store(key, best.text().getBytes(StandardCharsets.UTF_8));
            return best;
        } catch (JavelinException noRoom) {
            return usual;
        }
    }

    /** The first one, unless another is clearly faster; those for which no time is left are not tried. */
    private Tuning fastest(TrialProduct trial, List<Tuning> tunings, int tokens, long end) {
        Tuning best = tunings.getFirst();
        double least = Double.POSITIVE_INFINITY;
        for (Tuning tuning : tunings) {
            if (tunings.size() > 1 && System.nanoTime() < end) {
                long nanos = trial.nanos(new OpenClKernels(traits, tuning), tokens);
                if (nanos < least) {
                    best = tuning;
                    least = tuning.equals(tunings.getFirst()) ? nanos * WORTH : nanos;
                }
            }
        }
        return best;
    }
}
