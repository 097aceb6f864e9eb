package dev.javelin.runtime.template;

/** A value that can be called: a macro, a method bound to its value, a global function. */
interface Callable {

    Object call(Meter meter, Arguments arguments);

    /** What it prints as. */
    default String label() {
        throw Fault.render("a function has no text; call it with ()");
    }
}
