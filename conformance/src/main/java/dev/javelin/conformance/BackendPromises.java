package dev.javelin.conformance;

import dev.javelin.api.Backend;
import dev.javelin.api.Device;
import dev.javelin.api.DeviceInfo;
import dev.javelin.api.OpenOptions;
import dev.javelin.api.Probe;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/** What a backend keeps to before any device is open. */
final class BackendPromises {

    private BackendPromises() {}

    static List<Promise> all(Backend backend, OpenOptions options) {
        return List.of(
                promise("its id is lower-case and stays the same", opener -> id(backend)),
                promise("its devices have ids of their own and stay the same", opener -> devices(backend)),
                promise("an unknown device is refused", opener -> unknownDevice(backend, options)),
                promise("an unknown option is refused", opener -> unknownOption(backend)),
                promise("what a device says of itself is what the probe said", opener -> info(backend, options)));
    }

    private static Promise promise(String name, Promise.Body body) {
        return new Promise("backend", name, body);
    }

    private static void each(Backend backend, Consumer<DeviceInfo> check) {
        if (backend.probe() instanceof Probe.Found(List<DeviceInfo> devices)) {
            devices.forEach(check);
        }
    }

    private static void id(Backend backend) {
        String id = backend.id();
        Claim.that(
                !id.isBlank() && id.equals(id.strip().toLowerCase(Locale.ROOT)),
                "an id is a lower-case word: id=%s",
                id);
        Claim.that(id.equals(backend.id()), "an id does not change: id=%s", id);
    }

    private static void devices(Backend backend) {
        Set<String> ids = new HashSet<>();
        each(backend, info -> {
            Claim.that(
                    info.id().startsWith(backend.id() + ":"),
                    "a device's id begins with the backend's: device=%s, backend=%s",
                    info.id(),
                    backend.id());
            Claim.that(ids.add(info.id()), "each device has its own id: device=%s", info.id());
            Claim.that(
                    info.memoryTotal() > 0 && info.memoryFree() >= 0 && info.memoryFree() <= info.memoryTotal(),
                    "a device has memory: %s",
                    info);
        });
        Set<String> again = new HashSet<>();
        each(backend, info -> again.add(info.id()));
        Claim.that(again.equals(ids), "a second probe finds the same devices: first=%s, second=%s", ids, again);
    }

    private static void unknownDevice(Backend backend, OpenOptions options) {
        each(backend, info -> {
            DeviceInfo other = new DeviceInfo(
                    backend.id() + ":no-such-device",
                    info.name(),
                    info.kind(),
                    info.memoryTotal(),
                    info.memoryFree(),
                    info.features(),
                    info.sharesHostMemory());
            Claim.refuses(
                    IllegalArgumentException.class,
                    "opening a device that is not there",
                    () -> backend.open(other, options).close());
        });
    }

    private static void unknownOption(Backend backend) {
        each(backend, info -> {
            IllegalArgumentException no = Claim.refuses(
                    IllegalArgumentException.class,
                    "opening with an option that is not there",
                    () -> backend.open(info, OpenOptions.of("no-such-option", "1"))
                            .close());
            Claim.that(
                    String.valueOf(no.getMessage()).contains("no-such-option"), "the error names the option: %s", no);
        });
    }

    private static void info(Backend backend, OpenOptions options) {
        each(backend, info -> {
            try (Device device = backend.open(info, options)) {
                Claim.that(
                        device.info().id().equals(info.id()) && device.info().kind() == info.kind(),
                        "a device is the one that was asked for: asked=%s, opened=%s",
                        info,
                        device.info());
            }
        });
    }
}
