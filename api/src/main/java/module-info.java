/** Value types and the backend SPI. */
module dev.javelin.api {
    requires static org.jspecify;

    exports dev.javelin.api;
}
