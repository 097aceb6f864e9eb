package dev.javelin.conformance;

import dev.javelin.api.Device;

/** Opens the device under test, anew each time and independent of those opened before. Whoever calls it closes the device. */
@FunctionalInterface
public interface DeviceOpener {

    Device open();
}
