package dev.javelin.cuda.driver;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Loads JCuda, its classes and ours that see them, by a class loader that knows where JCuda's library lies. Left to itself JCuda
 * would load whatever lies in the temporary folder under a name that everybody knows. The classes come from wherever our own
 * loader has them: a jar, one jar of all, or a jar in a jar.
 */
public final class Jcuda extends ClassLoader {
    private static final String OURS = "dev.javelin.cuda.jcuda.";
    private static final String THEIRS = "jcuda.";

    private final NativeFile library;

    private Jcuda(ClassLoader parent, NativeFile library) {
        super("jcuda", parent);
        this.library = library;
    }

    /** Whether JCuda has a library for it. */
    public static boolean isFor(String system, String processor) {
        return NativeFile.name(system, processor) != null;
    }

    /**
     * Loads the binding, for as long as the JVM lives or nobody uses it any more.
     *
     * @throws LinkageError if that does not work
     */
    public static Cuda load() {
        try (NativeFile library = NativeFile.unpack()) {
            Jcuda loader = new Jcuda(Jcuda.class.getClassLoader(), library);
            Jcuda.class.getModule().addExports(Jcuda.class.getPackageName(), loader.getUnnamedModule());
            return (Cuda) loader.loadClass(OURS + "JcudaBinding")
                    .getConstructor(String.class)
                    .newInstance(library.file().toString());
        } catch (InvocationTargetException failed) {
            throw failed.getCause() instanceof Error error ? error : unusable(failed);
        } catch (IOException | ReflectiveOperationException failed) {
            throw unusable(failed);
        }
    }

    private static LinkageError unusable(Exception failed) {
        return new LinkageError("JCuda cannot be loaded: " + failed, failed);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OURS) && !name.startsWith(THEIRS)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            return known != null ? known : findClass(name);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        try (InputStream file = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (file == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = file.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length, Jcuda.class.getProtectionDomain());
        } catch (IOException unreadable) {
            throw new ClassNotFoundException(name, unreadable);
        }
    }

    @Override
    protected @Nullable String findLibrary(String name) {
        Path file = library.named(name);
        return file == null ? null : file.toString();
    }
}
