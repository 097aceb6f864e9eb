package dev.javelin.cpu;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;

/**
 * Defines classes once per vector width from one source, so that the width is a constant in their code; see
 * {@code docs/decisions/0005-vector-width.md}.
 *
 * <p>Such a class reads its species into {@code static final} fields through {@link Lanes}. What was defined is a hidden class
 * with the bytes of the class named: it must not have its own type in a field, a parameter or a capturing lambda, because
 * there the name still means the other one.
 */
final class PerWidth {
    private PerWidth() {}

    /** What a class is defined for. */
    private record Variant(VectorWidth width, int tokens) {}

    /** An instance of {@code template}, made by its constructor without parameters, with the width as a constant. */
    static <T> T create(Class<T> type, Class<? extends T> template, VectorWidth width) {
        return create(type, template, width, 1);
    }

    /** The same, with the number of tokens that one call takes as a constant too. */
    static <T> T create(Class<T> type, Class<? extends T> template, VectorWidth width, int tokens) {
        try {
            Class<?> defined = MethodHandles.lookup()
                    .defineHiddenClassWithClassData(bytes(template), new Variant(width, tokens), true)
                    .lookupClass();
            return type.cast(defined.getDeclaredConstructor().newInstance());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(
                    "cannot define a class for a vector width: class=%s, width=%s".formatted(template.getName(), width),
                    e);
        }
    }

    /** The width for which the class of the lookup was defined. */
    static VectorWidth of(Lookup lookup) {
        return variant(lookup).width();
    }

    /** The tokens for which the class of the lookup was defined. */
    static int tokens(Lookup lookup) {
        return variant(lookup).tokens();
    }

    private static Variant variant(Lookup lookup) {
        try {
            Variant variant = MethodHandles.classData(lookup, "_", Variant.class);
            if (variant == null) {
                throw new IllegalStateException("this class is to be defined once per vector width: class="
                        + lookup.lookupClass().getName());
            }
            return variant;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(Class<?> template) {
        String file = template.getName().substring(template.getPackageName().length() + 1) + ".class";
        try (InputStream in = template.getResourceAsStream(file)) {
            if (in == null) {
                throw new LinkageError("a class must come with its file: class=" + template.getName());
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
