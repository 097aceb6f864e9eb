/** The CPU backend, on the Vector API. */
module dev.javelin.cpu {
    requires static org.jspecify;
    requires transitive dev.javelin.api;
    requires dev.javelin.kernels;
    requires jdk.incubator.vector;
}
