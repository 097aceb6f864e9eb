/** Value types and the backend SPI. */
module dev.javelin.api {
    requires static transitive org.jspecify;

    exports dev.javelin.api;
}
