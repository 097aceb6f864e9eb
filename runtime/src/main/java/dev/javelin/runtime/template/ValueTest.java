package dev.javelin.runtime.template;

/** {@code value is name(arguments)}. */
interface ValueTest {

    boolean passes(Meter meter, Object value, Arguments arguments);
}
