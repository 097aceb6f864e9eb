package dev.javelin.runtime.template;

import org.jspecify.annotations.Nullable;

/**
 * What a name, attribute or item is that does not exist: it prints as nothing, is false and empty, and whatever else is
 * done with it fails with the reason.
 *
 * @param what the name that was looked up, or the whole reason if {@code owner} is absent and {@code reason} is set
 */
record Undefined(String what, @Nullable Object owner, boolean reason) {

    static Undefined name(String name) {
        return new Undefined(name, null, false);
    }

    static Undefined part(Object owner, String name) {
        return new Undefined(name, owner, false);
    }

    static Undefined because(String reason) {
        return new Undefined(reason, null, true);
    }

    Fault fault() {
        if (reason) {
            return Fault.render(what);
        }
        return Fault.render(
                owner == null
                        ? "'" + what + "' is undefined"
                        : "'" + what + "' is undefined: " + Types.article(owner) + " has no such attribute or item");
    }
}
