/** The CPU backend, on the Vector API. */
module dev.javelin.cpu {
    requires static transitive org.jspecify;
    requires transitive dev.javelin.api;
    requires dev.javelin.kernels;
    requires jdk.incubator.vector;
    requires jdk.management;

    exports dev.javelin.cpu;

    provides dev.javelin.api.Backend with
            dev.javelin.cpu.CpuBackend;
}
