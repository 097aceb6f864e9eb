/** The kit that every backend must pass. */
module dev.javelin.conformance {
    requires static transitive org.jspecify;
    requires transitive dev.javelin.api;
    requires dev.javelin.kernels;
    requires transitive org.junit.jupiter.api;

    exports dev.javelin.conformance;

    uses dev.javelin.api.Backend;
}
