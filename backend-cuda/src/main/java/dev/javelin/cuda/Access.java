package dev.javelin.cuda;

import dev.javelin.api.Probe;
import dev.javelin.cuda.driver.Cuda;
import dev.javelin.cuda.driver.Nvml;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The way to a driver. */
interface Access {

    /** What is missing before anything can be loaded, or null. */
    Probe.@Nullable Unavailable missing();

    /**
     * Loads the binding.
     *
     * @throws LinkageError if that does not work
     */
    Cuda load();

    /** Which functions the loaded driver lacks. */
    List<String> lacking(List<String> functions);

    /** What tells free memory without a context; null where there is none. The caller closes it. */
    @Nullable
    Nvml openNvml();

    /** To a driver that is there, whatever the system has. */
    static Access to(Supplier<Cuda> driver) {
        return new Access() {
            @Override
            public Probe.@Nullable Unavailable missing() {
                return null;
            }

            @Override
            public Cuda load() {
                return driver.get();
            }

            @Override
            public List<String> lacking(List<String> functions) {
                return List.of();
            }

            @Override
            public @Nullable Nvml openNvml() {
                return null;
            }
        };
    }
}
