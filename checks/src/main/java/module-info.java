/** A program such as users write, to start the built jars with. */
module dev.javelin.checks {
    requires static org.jspecify;
    requires dev.javelin.api;

    uses dev.javelin.api.Backend;
}
