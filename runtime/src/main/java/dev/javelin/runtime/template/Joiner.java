package dev.javelin.runtime.template;

/** What {@code joiner(sep)} makes: nothing when called first, the separator from then on. */
final class Joiner implements Callable {
    private final Object separator;
    private boolean used;

    Joiner(Object separator) {
        this.separator = separator;
    }

    @Override
    public Object call(Meter meter, Arguments arguments) {
        arguments.bind("joiner");
        Object result = used ? separator : "";
        used = true;
        return result;
    }
}
