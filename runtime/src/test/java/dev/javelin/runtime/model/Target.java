package dev.javelin.runtime.model;

import dev.javelin.api.Backend;
import dev.javelin.api.Device;
import dev.javelin.api.DeviceInfo;
import dev.javelin.api.OpenOptions;
import dev.javelin.api.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** A device to run models on, opened in one of the ways that make a difference. */
record Target(Backend backend, DeviceInfo info, OpenOptions options) {

    /** All devices of the backends that are here, the CPU at each width that it has. */
    static List<Target> all() {
        List<Target> all = new ArrayList<>();
        for (Backend backend : ServiceLoader.load(Backend.class)) {
            if (!(backend.probe() instanceof Probe.Found(List<DeviceInfo> devices))) {
                continue;
            }
            for (DeviceInfo info : devices) {
                if (info.kind() == DeviceInfo.Kind.CPU) {
                    List.of("128", "256", "512")
                            .forEach(width -> all.add(new Target(backend, info, OpenOptions.of("width", width))));
                } else {
                    all.add(new Target(backend, info, OpenOptions.NONE));
                }
            }
        }
        return all.stream().filter(Target::opens).toList();
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
        return info.kind() == DeviceInfo.Kind.CPU;
    }

    @Override
    public String toString() {
        return info.id() + (options.values().isEmpty() ? "" : " " + options.values());
    }
}
