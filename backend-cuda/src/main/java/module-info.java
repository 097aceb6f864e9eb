/**
 * The CUDA backend. JCuda has no module descriptor, so its name is that of its jar; a class loader of ours reads its classes
 * from there, and they log through {@code java.logging}.
 */
@SuppressWarnings("requires-automatic")
module dev.javelin.cuda {
    requires static transitive org.jspecify;
    requires transitive dev.javelin.api;
    requires dev.javelin.kernels;
    requires java.logging;
    requires jcuda;

    exports dev.javelin.cuda;

    provides dev.javelin.api.Backend with
            dev.javelin.cuda.CudaBackend;
}
