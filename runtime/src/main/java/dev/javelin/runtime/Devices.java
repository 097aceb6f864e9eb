package dev.javelin.runtime;

import dev.javelin.api.Backend;
import dev.javelin.api.Device;
import dev.javelin.api.DeviceInfo;
import dev.javelin.api.JavelinException;
import dev.javelin.api.OpenOptions;
import dev.javelin.api.Probe;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import java.util.function.Supplier;
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
    public record Found(Backend backend, DeviceInfo info) {

        /** Opens it; the caller closes the device. A driver that ends the process meanwhile is left alone the next time. */
        public Device open(OpenOptions options) {
            return StartMarks.ofUser().around(backend.id(), () -> backend.open(info, options));
        }

        private boolean answersTo(String name) {
            return info.id().equals(name) || backend.id().equals(name);
        }
    }

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
        return find(id -> true, false);
    }

    /**
     * What {@link #choose} needs to know: of a device that is named, by the program or by the environment, only its backend is
     * asked, unless it has no such device.
     */
    public static Devices findFor(@Nullable String name) {
        String wanted = wanted(name);
        if (wanted == null) {
            return find();
        }
        Devices named = find(wanted.replaceFirst(":.*", "")::equals, true);
        return named.found.stream().anyMatch(device -> device.answersTo(wanted)) ? named : find();
    }

    /** Begins {@link #findFor} on a thread of its own; whoever asks waits for its end. */
    static Supplier<Devices> finding(@Nullable String name) {
        CompletableFuture<Devices> found = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("javelin devices").start(() -> {
            try {
                found.complete(findFor(name));
            } catch (Throwable failed) {
                found.completeExceptionally(failed);
            }
        });
        return () -> {
            try {
                return found.join();
            } catch (CompletionException failed) {
                switch (failed.getCause()) {
                    case RuntimeException wrong -> throw wrong;
                    case Error wrong -> throw wrong;
                    case null, default -> throw failed;
                }
            }
        };
    }

    private static Devices find(Predicate<String> asked, boolean insisting) {
        List<Found> found = new ArrayList<>();
        List<Missing> missing = new ArrayList<>();
        for (Probes.Answer answer : new Probes().ask(providers(missing), asked, insisting)) {
            switch (answer.probe()) {
                case Probe.Found(List<DeviceInfo> devices) ->
                    devices.forEach(device -> found.add(new Found(Objects.requireNonNull(answer.by()), device)));
                case Probe.Unavailable(String reason, String remedy) ->
                    missing.add(new Missing(answer.backend(), reason, remedy));
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
        String wanted = wanted(name);
        return found.stream()
                .filter(device -> wanted != null ? device.answersTo(wanted) : mayBeChosen(device))
                .findFirst()
                .orElseThrow(() -> new JavelinException("there is no such device: wanted=%s, found=%s%s"
                        .formatted(
                                wanted != null ? wanted : "any",
                                found.stream().map(device -> device.info().id()).toList(),
                                reasons())));
    }

    private static @Nullable String wanted(@Nullable String name) {
        String wanted = name != null ? name : System.getenv(VARIABLE);
        return wanted == null || wanted.isBlank() ? null : wanted;
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
