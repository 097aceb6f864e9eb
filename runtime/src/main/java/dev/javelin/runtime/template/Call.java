package dev.javelin.runtime.template;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code function(arguments)}. */
final class Call extends Expr {
    private final Expr function;
    private final ArgumentList arguments;

    Call(int at, Expr function, ArgumentList arguments) {
        super(at, Math.max(function.depth(), arguments.depth()));
        this.function = function;
        this.arguments = arguments;
    }

    @Override
    Object evaluate(Scope scope) {
        return call(scope, null);
    }

    /** The call of a call block, which passes its body as {@code caller}. */
    Object withCaller(Scope scope, Macro caller) {
        try {
            return call(scope, caller);
        } catch (Fault fault) {
            throw fault.at(at());
        }
    }

    private Object call(Scope scope, @Nullable Macro caller) {
        Object value = function.value(scope);
        if (!(value instanceof Callable callable)) {
            throw Types.mismatch("only functions, macros and methods can be called", value);
        }
        Arguments evaluated = arguments.evaluate(scope);
        if (caller != null) {
            Map<String, Object> named = new LinkedHashMap<>(evaluated.named());
            named.put("caller", caller);
            evaluated = new Arguments(evaluated.positional(), named);
        }
        return callable.call(scope.meter(), evaluated);
    }
}
