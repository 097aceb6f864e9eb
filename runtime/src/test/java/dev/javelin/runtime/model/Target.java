package dev.javelin.runtime.model;

import dev.javelin.api.Backend;
import dev.javelin.api.Device;
import dev.javelin.api.DeviceInfo;
import dev.javelin.api.OpenOptions;
import dev.javelin.api.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** A device to run models on, opened in one of the ways that make a difference. */
record Target(Backend backend, DeviceInfo info, OpenOptions options) {

    /** By backend; others are opened without options. */
    private static final Map<String, List<OpenOptions>> WAYS = Map.of(
            "cpu",
            List.of(OpenOptions.of("width", "128"), OpenOptions.of("width", "256"), OpenOptions.of("width", "512")),
            "opencl",
            List.of(OpenOptions.NONE, OpenOptions.of("as", "gpu")));

    /** All devices of the backends that are here, the CPU at each width that it has. */
    static List<Target> all() {
        List<Target> all = new ArrayList<>();
        for (Backend backend : ServiceLoader.load(Backend.class)) {
            if (backend.probe() instanceof Probe.Found(List<DeviceInfo> devices)) {
                for (DeviceInfo info : devices) {
                    WAYS.getOrDefault(backend.id(), List.of(OpenOptions.NONE))
                            .forEach(way -> all.add(new Target(backend, info, way)));
                }
            }
        }
        return all.stream().filter(Target::opens).toList();
    }

    /** The backends that have no device, with their reasons. */
    static List<String> missing() {
        List<String> missing = new ArrayList<>();
        for (Backend backend : ServiceLoader.load(Backend.class)) {
            if (backend.probe() instanceof Probe.Unavailable(String reason, String remedy)) {
                missing.add("%s: %s; %s".formatted(backend.id(), reason, remedy));
            }
        }
        return missing;
    }

    private boolean opens() {
        try {
            open().close();
            return true;
        } catch (IllegalArgumentException noSuchWidth) {
            System.out.println("models not run on " + this + ": " + noSuchWidth.getMessage());
            return false;
        }
    }

    Device open() {
        return backend.open(info, options);
    }

    /** Whether a row is the same to the bit whatever else is in a step. */
    boolean keepsToTheBit() {
        try (Device opened = open()) { // which may be another kind than the one that was found
            return opened.info().kind() == DeviceInfo.Kind.CPU;
        }
    }

    @Override
    public String toString() {
        return info.id() + (options.values().isEmpty() ? "" : " " + options.values());
    }
}
