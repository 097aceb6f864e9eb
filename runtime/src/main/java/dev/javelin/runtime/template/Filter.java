package dev.javelin.runtime.template;

/** {@code value|name(arguments)}. */
interface Filter {

    Object apply(Meter meter, Object value, Arguments arguments);
}
