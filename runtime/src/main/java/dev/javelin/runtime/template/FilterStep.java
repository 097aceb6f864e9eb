package dev.javelin.runtime.template;

/** A filter with its arguments, as it stands in the template. */
record FilterStep(int at, Filter filter, ArgumentList arguments) {

    Object apply(Object value, Scope scope) {
        try {
            return filter.apply(scope.meter(), value, arguments.evaluate(scope));
        } catch (Fault fault) {
            throw fault.at(at);
        }
    }
}
