package dev.javelin.opencl;

import dev.javelin.api.Backend;
import dev.javelin.api.Device;
import dev.javelin.api.Probe;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** The devices of this machine through one binding. */
final class Found {
    private Found() {}

    static Backend backend(Bindings binding) {
        return new OpenClBackend(Loader.ofSystem(), binding.property(), false);
    }

    /** Whose devices are found as if they were GPUs with memory of their own. */
    static Backend backendOfGpus(Bindings binding) {
        return new OpenClBackend(Loader.ofSystem(), binding.property(), true);
    }

    /** Skips the test, or fails it where {@code JAVELIN_OPENCL=required} says that OpenCL must be there. */
    static void skip(String reason) {
        if ("required".equals(System.getenv("JAVELIN_OPENCL"))) {
            throw new AssertionError("JAVELIN_OPENCL=required, but " + reason);
        }
        Assumptions.abort(reason);
    }

    /** Skips the test, saying why, where there is no device. */
    static OpenCl require(Bindings binding) {
        if (backend(binding).probe() instanceof Probe.Unavailable(String reason, String remedy)) {
            skip(reason + "; " + remedy);
        }
        return binding.load(Loader.ofSystem().library());
    }

    static List<ClDevice> devices(OpenCl cl) {
        return new Discovery(cl).devices();
    }

    static Device open(OpenCl cl) {
        return OpenClBackend.open(cl, devices(cl).getFirst(), ProgramCache.NONE);
    }

    /** The same functions, but for those that the handler answers otherwise; see {@link #ask}. */
    static OpenCl watched(InvocationHandler handler) {
        return (OpenCl) Proxy.newProxyInstance(Found.class.getClassLoader(), new Class<?>[] {OpenCl.class}, handler);
    }

    /** Asks OpenCL. */
    static @Nullable Object ask(OpenCl cl, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(cl, arguments);
        } catch (InvocationTargetException failed) {
            throw Objects.requireNonNull(failed.getCause());
        }
    }
}
