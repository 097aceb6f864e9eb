package dev.javelin.opencl;

import org.jspecify.annotations.Nullable;

/**
 * Which library reaches OpenCL: JOCL if it is there, else LWJGL; {@code -Djavelin.opencl.binding} names one of them. Looking
 * loads neither.
 */
enum Bindings {
    JOCL("jocl", "org/jocl/CL.class") {
        @Override
        OpenCl load(String library) {
            return new JoclBinding(library);
        }
    },
    LWJGL("lwjgl", "org/lwjgl/opencl/CL10.class") {
        @Override
        OpenCl load(String library) {
            return new LwjglBinding(library);
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

    /** Loads the binding, and with it the system's loader of that name. */
    abstract OpenCl load(String library);

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
