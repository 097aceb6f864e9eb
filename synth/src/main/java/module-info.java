/** Model files with random weights, in the shape of known models. */
module dev.javelin.synth {
    requires static transitive org.jspecify;
    requires transitive dev.javelin.runtime;
    requires dev.javelin.kernels;

    exports dev.javelin.synth;
}
