/** The kit that every backend must pass. */
module dev.javelin.conformance {
    requires static org.jspecify;
    requires transitive dev.javelin.api;
    requires dev.javelin.kernels;
    requires transitive org.junit.jupiter.api;
    requires org.junit.jupiter.params;
    requires org.assertj.core;
}
