package dev.javelin.runtime;

import dev.javelin.api.Backend;
import dev.javelin.api.DeviceInfo;
import dev.javelin.api.JavelinException;
import dev.javelin.api.Probe;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The devices of this machine, and the backends that have none, with their reasons. Immutable, usable from any thread. */
public final class Devices {
    /** Names the device to use where the program does not. */
    static final String VARIABLE = "JAVELIN_DEVICE";

    /** The backend that is made for processors: others reach one through a driver, and are slower. */
    private static final String PROCESSORS = "cpu";

    /** The backend that reaches devices of all makers: where one is made for the device, that one is faster. */
    private static final String ALL_MAKERS = "opencl";

    private static final String REMOVE = "remove its jar, or report it";

    /** A device and the backend that opens it. */
    public record Found(Backend backend, DeviceInfo info) {}

    /** A backend without a device. */
    public record Missing(String backend, String reason, String remedy) {}

    private final List<Found> found;
    private final List<Missing> missing;

    private Devices(List<Found> found, List<Missing> missing) {
        this.found = List.copyOf(found);
        this.missing = List.copyOf(missing);
    }

    /** Asks every backend that {@link ServiceLoader} finds, by the class loader of this thread and by the one of this class. */
    public static Devices find() {
        List<Found> found = new ArrayList<>();
        List<Missing> missing = new ArrayList<>();
        for (ServiceLoader.Provider<Backend> provider : providers(missing)) {
            String name = provider.type().getName();
            try {
                Backend backend = provider.get();
                name = backend.id();
                switch (backend.probe()) {
                    case Probe.Found(List<DeviceInfo> devices) ->
                        devices.forEach(device -> found.add(new Found(backend, device)));
                    case Probe.Unavailable(String reason, String remedy) ->
                        missing.add(new Missing(name, reason, remedy));
                }
            } catch (RuntimeException | LinkageError | ServiceConfigurationError broken) {
                missing.add(new Missing(name, "it failed: " + broken, REMOVE));
            }
        }
        return new Devices(ordered(found), missing);
    }

    /** The one that would be chosen first; what else is equal stays in its order. */
    static List<Found> ordered(List<Found> found) {
        return found.stream()
                .sorted(Comparator.<Found>comparingInt(
                                device -> preference(device.info().kind()))
                        .thenComparing(device -> !device.backend().id().equals(PROCESSORS))
                        .thenComparing(device -> device.backend().id().equals(ALL_MAKERS)))
                .toList();
    }

    /**
     * Those that the thread's own class loader sees, as is usual, and those that ours sees besides: a thread may have one that
     * sees neither, such as the threads of the common pool have where a launcher has loaded the application.
     */
    private static Collection<ServiceLoader.Provider<Backend>> providers(List<Missing> missing) {
        Map<Class<?>, ServiceLoader.Provider<Backend>> providers = new LinkedHashMap<>();
        for (ServiceLoader<Backend> loader : List.of(
                ServiceLoader.load(Backend.class), ServiceLoader.load(Backend.class, Devices.class.getClassLoader()))) {
            named(loader, missing).forEach(provider -> providers.putIfAbsent(provider.type(), provider));
        }
        return providers.values();
    }

    /** What can be named; one that cannot hides no other. */
    private static List<ServiceLoader.Provider<Backend>> named(ServiceLoader<Backend> loader, List<Missing> missing) {
        List<ServiceLoader.Provider<Backend>> providers = new ArrayList<>();
        Iterator<ServiceLoader.Provider<Backend>> all = loader.stream().iterator();
        while (true) {
            try {
                if (!all.hasNext()) {
                    return providers;
                }
                providers.add(all.next());
            } catch (ServiceConfigurationError broken) {
                Missing unknown = new Missing("unknown", String.valueOf(broken.getMessage()), REMOVE);
                if (!missing.contains(unknown)) {
                    missing.add(unknown);
                }
            }
        }
    }

    /** Devices, the one that would be chosen first. */
    public List<Found> found() {
        return found;
    }

    /** Backends without a device. */
    public List<Missing> missing() {
        return missing;
    }

    /**
     * The device of that id, or the first of that backend; without a name the one that the environment variable
     * {@code JAVELIN_DEVICE} names, else the first that may be chosen unasked.
     *
     * @throws JavelinException if there is none, saying what there is instead
     */
    public Found choose(@Nullable String name) {
        String wanted = name != null ? name : System.getenv(VARIABLE);
        boolean asked = wanted != null && !wanted.isBlank();
        return found.stream()
                .filter(device -> asked
                        ? device.info().id().equals(wanted)
                                || device.backend().id().equals(wanted)
                        : mayBeChosen(device))
                .findFirst()
                .orElseThrow(() -> new JavelinException("there is no such device: wanted=%s, found=%s%s"
                        .formatted(
                                asked ? wanted : "any",
                                found.stream().map(device -> device.info().id()).toList(),
                                reasons())));
    }

    /** A slow way to the processor does not step in silently where the fast one only lacks something. */
    private boolean mayBeChosen(Found device) {
        return switch (device.info().kind()) {
            case GPU, GROUP -> true;
            case CPU ->
                device.backend().id().equals(PROCESSORS)
                        || missing.stream()
                                .noneMatch(backend -> backend.backend().equals(PROCESSORS));
            case REFERENCE -> false;
        };
    }

    private String reasons() {
        return missing.stream()
                .map(backend -> "; %s: %s, %s".formatted(backend.backend(), backend.reason(), backend.remedy()))
                .collect(Collectors.joining());
    }

    private static int preference(DeviceInfo.Kind kind) {
        return switch (kind) {
            case GPU -> 0;
            case GROUP -> 1;
            case CPU -> 2;
            case REFERENCE -> 3;
        };
    }
}
