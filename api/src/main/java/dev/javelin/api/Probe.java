package dev.javelin.api;

import java.util.List;

/** What a backend found on this machine. */
public sealed interface Probe {

    /** At least one device. */
    record Found(List<DeviceInfo> devices) implements Probe {
        public Found {
            devices = List.copyOf(devices);
            Check.that(!devices.isEmpty(), "a probe that finds no device says why: use Unavailable");
        }
    }

    /**
     * No device.
     *
     * @param reason in one sentence, why not
     * @param remedy in one sentence, what the user can do about it
     */
    record Unavailable(String reason, String remedy) implements Probe {
        public Unavailable {
            Check.that(!reason.isBlank() && !remedy.isBlank(), "say why not, and what to do: reason=%s", reason);
        }
    }
}
