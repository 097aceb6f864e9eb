package dev.javelin.cli;

import dev.javelin.api.Format;
import dev.javelin.runtime.ModelBuilder;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Flags that say where and how a model is opened. */
final class DeviceFlags {
    /** In what keys and values may be kept. */
    enum KvFormat {
        F16(Format.F16),
        F32(Format.F32),
        Q8_0(Format.Q8_0);

        private final Format format;

        KvFormat(Format format) {
            this.format = format;
        }

        /** As it is typed. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = "--device",
            paramLabel = "ID",
            description = "The device, such as cuda:0, or the backend, such as cpu. By default the environment variable"
                    + " JAVELIN_DEVICE says it, else the best device is taken; javelin devices lists them.")
    private @Nullable String device;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads of the CPU backend. By default one for each core.")
    private @Nullable Integer threads;

    @Option(
            names = "--ctx",
            paramLabel = "N",
            description =
                    "Tokens of the longest conversation, prompt and answers. By default 4096, or what the model was"
                            + " trained for if that is less.")
    private @Nullable Integer context;

    @Option(
            names = "--kv",
            paramLabel = "FORMAT",
            defaultValue = "f16",
            description = "In what keys and values are kept: ${COMPLETION-CANDIDATES}. By default ${DEFAULT-VALUE}.")
    private KvFormat kv = KvFormat.F16;

    /** The device asked for. */
    @Nullable
    String device() {
        if (device != null && device.isBlank()) {
            throw new IllegalArgumentException("--device must name a device; javelin devices lists them");
        }
        return device;
    }

    ModelBuilder on(ModelBuilder builder) {
        builder.keysAndValues(kv.format);
        String wanted = device();
        if (wanted != null) {
            builder.device(wanted);
        }
        if (threads != null) {
            builder.deviceOption("threads", Integer.toString(threads));
        }
        if (context != null) {
            builder.context(context);
        }
        return builder;
    }
}
