package dev.javelin.checks;

import dev.javelin.api.Backend;
import dev.javelin.api.DeviceInfo;
import dev.javelin.api.Probe;
import java.util.List;
import java.util.ServiceLoader;

/** Prints a line for each device of each backend that the service loader finds, with a product that it computed. */
public final class MultiplyEverywhere {

    private MultiplyEverywhere() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) {
        for (Backend backend : ServiceLoader.load(Backend.class)) {
            switch (backend.probe()) {
                case Probe.Found(List<DeviceInfo> devices) ->
                    devices.forEach(info -> say(backend, info.id() + " " + Product.on(backend, info)));
                case Probe.Unavailable(String reason, String remedy) ->
                    say(backend, "unavailable; reason: " + reason + "; remedy: " + remedy);
            }
        }
    }

    private static void say(Backend backend, String line) {
        System.out.println(backend.id() + ": " + line);
    }
}
