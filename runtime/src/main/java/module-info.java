/** Model files, tokenizers, chat templates and sampling. */
module dev.javelin.runtime {
    requires static transitive org.jspecify;
    requires transitive dev.javelin.api;

    exports dev.javelin.runtime.gguf;
    exports dev.javelin.runtime.sampling;
    exports dev.javelin.runtime.template;
    exports dev.javelin.runtime.text;
}
