package dev.javelin.bench;

import dev.javelin.api.Backend;
import dev.javelin.api.Device;
import dev.javelin.api.DeviceInfo;
import dev.javelin.api.Probe;
import java.util.List;
import java.util.ServiceLoader;

/** The backends on the class path. */
final class Backends {

    private Backends() {}

    /** Opens the first device of the backend with that id; the caller closes it. */
    static Device open(String id) {
        Backend backend = ServiceLoader.load(Backend.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(candidate -> candidate.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such backend: id=" + id));
        return switch (backend.probe()) {
            case Probe.Found(List<DeviceInfo> devices) -> backend.open(devices.getFirst());
            case Probe.Unavailable(String reason, String remedy) ->
                throw new IllegalStateException("the backend has no device: id=" + id + "; " + reason + "; " + remedy);
        };
    }
}
