/** Weight formats with a plain codec for each, and the scalar reference backend. */
module dev.javelin.kernels {
    requires static transitive org.jspecify;
    requires transitive dev.javelin.api;

    exports dev.javelin.kernels.format;
    exports dev.javelin.kernels.host;
}
