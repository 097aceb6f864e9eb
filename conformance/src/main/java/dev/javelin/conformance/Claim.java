package dev.javelin.conformance;

import org.jspecify.annotations.Nullable;

/** Something that a device must keep to. */
final class Claim {

    /** A claim did not hold; the message says which, with the numbers. */
    static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Broken(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** Something that a device does, and that may end with any exception. */
    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }

    private Claim() {}

    @SuppressWarnings("AnnotateFormatMethod") // the annotation would be one more dependency
    static void that(boolean holds, String claim, @Nullable Object... values) {
        if (!holds) {
            throw new Broken(claim.formatted(values), null);
        }
    }

    /** The action must end with an exception of that type, which is returned. */
    static <T extends Throwable> T refuses(Class<T> type, String what, Action action) {
        try {
            action.run();
        } catch (Throwable thrown) {
            if (type.isInstance(thrown)) {
                return type.cast(thrown);
            }
            throw new Broken("%s must throw %s, but threw %s".formatted(what, type.getSimpleName(), thrown), thrown);
        }
        throw new Broken("%s must throw %s, but went through".formatted(what, type.getSimpleName()), null);
    }
}
