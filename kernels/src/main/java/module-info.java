/** Weight formats with a plain codec for each, and the scalar reference backend. */
module dev.javelin.kernels {
    requires static transitive org.jspecify;
    requires transitive dev.javelin.api;
    requires jdk.management;

    exports dev.javelin.kernels.cuda;
    exports dev.javelin.kernels.device;
    exports dev.javelin.kernels.format;
    exports dev.javelin.kernels.gpu;
    exports dev.javelin.kernels.host;
    exports dev.javelin.kernels.opencl;
    exports dev.javelin.kernels.reference;

    provides dev.javelin.api.Backend with
            dev.javelin.kernels.reference.ReferenceBackend;
}
