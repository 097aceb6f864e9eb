/** Opens language models and runs them on the devices that backends bring. */
module dev.javelin.runtime {
    requires static transitive org.jspecify;
    requires transitive dev.javelin.api;

    exports dev.javelin.runtime;
    exports dev.javelin.runtime.gguf;
    exports dev.javelin.runtime.sampling;
    exports dev.javelin.runtime.template;
    exports dev.javelin.runtime.text;

    uses dev.javelin.api.Backend;
}
