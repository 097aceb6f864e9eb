package dev.javelin.cli;

import dev.javelin.api.DeviceInfo;
import dev.javelin.runtime.Devices;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists what models can run on. */
@Command(
        name = "devices",
        description = {
            "Lists the devices of each backend, or says why it has none and what to do about it.",
            "",
            "The first device is the one that is taken unasked. The reference is for comparison only."
        },
        footer = {"Examples:", "  javelin devices", "  javelin run model.gguf --device cpu"})
final class DevicesCommand implements Callable<Integer> {
    private final Screen screen;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    DevicesCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() {
        Devices devices = Devices.find();
        if (json) {
            screen.line(json(devices));
        } else {
            screen.lines(lines(devices));
        }
        return ExitCode.OK;
    }

    private static List<String> lines(Devices devices) {
        List<String> lines = new ArrayList<>();
        Table table = new Table("device", "kind", "memory", "free", "name", "features");
        for (Devices.Found found : devices.found()) {
            DeviceInfo info = found.info();
            table.row(
                    info.id(),
                    kind(info),
                    Sizes.text(info.memoryTotal()),
                    Sizes.text(info.memoryFree()),
                    info.name(),
                    String.join(" ", new TreeSet<>(info.features())));
        }
        if (!devices.found().isEmpty()) {
            lines.addAll(table.lines());
        }
        for (Devices.Missing missing : devices.missing()) {
            lines.add("%s: no device: %s; %s".formatted(missing.backend(), missing.reason(), missing.remedy()));
        }
        return lines;
    }

    private static String json(Devices devices) {
        return Json.object(json -> {
            json.writeArrayFieldStart("devices");
            for (Devices.Found found : devices.found()) {
                DeviceInfo info = found.info();
                json.writeStartObject();
                json.writeStringField("id", info.id());
                json.writeStringField("backend", found.backend().id());
                json.writeStringField("kind", kind(info));
                json.writeStringField("name", info.name());
                json.writeNumberField("memory_bytes", info.memoryTotal());
                json.writeNumberField("free_bytes", info.memoryFree());
                json.writeArrayFieldStart("features");
                for (String feature : new TreeSet<>(info.features())) {
                    json.writeString(feature);
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("missing");
            for (Devices.Missing missing : devices.missing()) {
                json.writeStartObject();
                json.writeStringField("backend", missing.backend());
                json.writeStringField("reason", missing.reason());
                json.writeStringField("remedy", missing.remedy());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static String kind(DeviceInfo info) {
        return info.kind().name().toLowerCase(Locale.ROOT);
    }
}
