/** Copies of model files with weights of fewer bits. */
module dev.javelin.quantise {
    requires static transitive org.jspecify;
    requires transitive dev.javelin.runtime;
    requires dev.javelin.kernels;

    exports dev.javelin.quantise;
}
