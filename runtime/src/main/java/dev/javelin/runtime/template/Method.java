package dev.javelin.runtime.template;

/** A method of a type of values. */
interface Method<T> {

    Object call(Meter meter, T self, Arguments arguments);
}
