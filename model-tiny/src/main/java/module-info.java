/** The small model that ships with Javelin. */
module dev.javelin.tiny {
    requires static transitive org.jspecify;
    requires transitive dev.javelin.runtime;

    exports dev.javelin.tiny;
}
