/** Programs such as users write, to start the built jars with. */
module dev.javelin.checks {
    requires static org.jspecify;
    requires dev.javelin.api;
    requires dev.javelin.runtime;
    requires dev.javelin.tiny;

    uses dev.javelin.api.Backend;
}
