/** The OpenCL backend. JOCL has no module descriptor, so its name is that of its jar. */
@SuppressWarnings("requires-automatic")
module dev.javelin.opencl {
    requires static transitive org.jspecify;
    requires transitive dev.javelin.api;
    requires dev.javelin.kernels;
    requires jocl;
    requires static org.lwjgl;
    requires static org.lwjgl.opencl;

    exports dev.javelin.opencl;

    provides dev.javelin.api.Backend with
            dev.javelin.opencl.OpenClBackend;
}
