/** Weight formats with a plain codec for each, and the scalar reference backend. */
module dev.javelin.kernels {
    requires static org.jspecify;
    requires transitive dev.javelin.api;
}
