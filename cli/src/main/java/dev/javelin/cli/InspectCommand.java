package dev.javelin.cli;

import dev.javelin.api.DeviceInfo;
import dev.javelin.runtime.Devices;
import dev.javelin.runtime.MemoryPlan;
import dev.javelin.runtime.gguf.GgufFault;
import dev.javelin.runtime.gguf.GgufFile;
import dev.javelin.runtime.gguf.GgufTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what is in a model file, and where it would run. */
@Command(
        name = "inspect",
        description = {
            "Shows what is in a model file: metadata, tensors, formats and sizes, on which devices it would run, and"
                    + " whether it fits there.",
            "",
            "Tensors that differ in their layer only share a row. What is wrong with a file is told on standard error,"
                    + " and the exit code is 1 then."
        },
        footer = {"Examples:", "  javelin inspect tiny", "  javelin inspect model.gguf --ctx 32768 --kv q8_0"})
final class InspectCommand implements Callable<Integer> {
    private final Screen screen;

    @Parameters(paramLabel = "MODEL", description = ModelName.DESCRIPTION)
    private String model;

    @Option(names = "--tensors", description = "Show each tensor in a row of its own.")
    private boolean eachTensor;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    private final DeviceFlags device = new DeviceFlags();

    InspectCommand(Screen screen) {
        this.screen = screen;
    }

    /** What opening the model on a device would come to: its memory, or why not. */
    private record Outcome(String device, @Nullable MemoryPlan plan, String refusal) {}

    @Override
    public Integer call() {
        ModelName name = new ModelName(model);
        try (GgufFile file = name.open()) {
            List<Outcome> outcomes = file.faults().isEmpty() ? outcomes(name) : List.of();
            if (json) {
                screen.line(json(file, outcomes));
            } else {
                screen.lines(lines(file, outcomes));
            }
            for (GgufFault fault : file.faults()) {
                screen.note("javelin: " + Failures.oneLine(fault.message()));
            }
            return file.faults().isEmpty() ? ExitCode.OK : ExitCode.FAILURE;
        }
    }

    private List<Outcome> outcomes(ModelName name) {
        Devices devices = Devices.find();
        String wanted = device.device();
        List<Devices.Found> asked = wanted != null
                ? List.of(devices.choose(wanted))
                : devices.found().stream()
                        .filter(found -> found.info().kind() != DeviceInfo.Kind.REFERENCE)
                        .toList();
        List<Outcome> outcomes = new ArrayList<>();
        for (Devices.Found found : asked) {
            String id = found.info().id();
            try {
                outcomes.add(
                        new Outcome(id, device.on(name.builder()).device(id).plan(), ""));
            } catch (RuntimeException refused) {
                outcomes.add(new Outcome(id, null, String.valueOf(refused.getMessage())));
            }
        }
        return outcomes;
    }

    private List<String> lines(GgufFile file, List<Outcome> outcomes) {
        List<String> lines = new ArrayList<>();
        TensorSummary tensors = new TensorSummary(file);
        lines.add("file        %s, GGUF %d, %s in %d file%s"
                .formatted(
                        file.name(),
                        file.version(),
                        Sizes.text(file.bytes()),
                        Math.max(1, file.paths().size()),
                        file.paths().size() > 1 ? "s" : ""));
        lines.add("model       %s, %s parameters in %d tensors"
                .formatted(
                        file.metadata().optionalString("general.architecture").orElse("of no architecture"),
                        Sizes.number((double) tensors.elements(), "").strip(),
                        file.tensors().size()));
        for (Outcome outcome : outcomes) {
            MemoryPlan plan = outcome.plan();
            lines.add("runs on     " + (plan == null ? outcome.device() + ": no: " + outcome.refusal() : fit(plan)));
        }
        lines.add("");
        file.metadata().keys().forEach(key -> lines.add(key + " = " + MetadataText.of(file.metadata(), key)));
        lines.add("");
        lines.addAll(tensors.formats());
        lines.add("");
        lines.addAll(tensors.names(eachTensor));
        lines.replaceAll(Quoted::inLine); // names, keys and reasons are of the file, too
        return lines;
    }

    private static String fit(MemoryPlan plan) {
        return "%s: %s, needs %s of %s free: weights %s, keys and values %s for %d tokens, work %s"
                .formatted(
                        plan.device().id(),
                        plan.fits()
                                ? "yes"
                                : "no, "
                                        + (plan.tokensThatFit() > 0
                                                ? "it would fit with --ctx " + plan.tokensThatFit()
                                                : "the weights alone are too large"),
                        Sizes.text(plan.total()),
                        Sizes.text(plan.free()),
                        Sizes.text(plan.weights()),
                        Sizes.text(plan.state()),
                        plan.stateTokens(),
                        Sizes.text(plan.work()));
    }

    private static String json(GgufFile file, List<Outcome> outcomes) {
        return Json.object(json -> {
            json.writeStringField("file", file.name());
            json.writeNumberField("gguf_version", file.version());
            json.writeNumberField("bytes", file.bytes());
            json.writeNumberField("parameters", new TensorSummary(file).elements());
            json.writeArrayFieldStart("devices");
            for (Outcome outcome : outcomes) {
                json.writeStartObject();
                json.writeStringField("id", outcome.device());
                MemoryPlan plan = outcome.plan();
                json.writeBooleanField("fits", plan != null && plan.fits());
                if (plan == null) {
                    json.writeStringField("reason", outcome.refusal());
                } else {
                    json.writeNumberField("weight_bytes", plan.weights());
                    json.writeNumberField("state_bytes", plan.state());
                    json.writeNumberField("state_tokens", plan.stateTokens());
                    json.writeNumberField("work_bytes", plan.work());
                    json.writeNumberField("free_bytes", plan.free());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeObjectFieldStart("metadata");
            for (String key : file.metadata().keys()) {
                MetadataText.write(file.metadata(), key, json);
            }
            json.writeEndObject();
            json.writeArrayFieldStart("tensors");
            for (GgufTensor tensor : file.tensors()) {
                json.writeStartObject();
                json.writeStringField("name", tensor.name());
                json.writeStringField("format", TensorSummary.format(tensor));
                json.writeArrayFieldStart("shape");
                for (long size : tensor.dims()) {
                    json.writeNumber(size);
                }
                json.writeEndArray();
                json.writeNumberField("bytes", tensor.bytes());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("faults");
            for (GgufFault fault : file.faults()) {
                json.writeString(fault.message());
            }
            json.writeEndArray();
        });
    }
}
