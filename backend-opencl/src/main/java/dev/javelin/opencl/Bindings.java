package dev.javelin.opencl;

import org.jspecify.annotations.Nullable;

/**
 * Which library reaches OpenCL: JOCL if it is there, else LWJGL; {@code -Djavelin.opencl.binding} names one of them. Looking
 * loads neither.
 */
enum Bindings {
    JOCL("jocl", "org/jocl/CL.class") {
        @Override
        OpenCl load() {
            return new JoclBinding();
        }
    },
    LWJGL("lwjgl", "org/lwjgl/opencl/CL10.class") {
        @Override
        OpenCl load() {
            return new LwjglBinding();
        }
    };

    /** The system property that names one. */
    static final String PROPERTY = "javelin.opencl.binding";

    private final String property;
    private final String resource;

    Bindings(String property, String resource) {
        this.property = property;
        this.resource = resource;
    }

    /** Loads the library, and with it the system's loader. */
    abstract OpenCl load();

    /** As it is asked for. */
    String property() {
        return property;
    }

    /** Whether its classes are there. */
    boolean isPresent() {
        return Bindings.class.getClassLoader().getResource(resource) != null;
    }

    /** The one asked for, or else the first that is present; null if there is none. */
    static @Nullable Bindings choose(@Nullable String asked) {
        for (Bindings binding : values()) {
            boolean wanted = asked == null || asked.isBlank() || asked.equals(binding.property);
            if (wanted && binding.isPresent()) {
                return binding;
            }
        }
        return null;
    }
}
