package dev.javelin.runtime.template;

import java.util.List;

/** What a value is assigned to. */
sealed interface Target {

    /** Assigns, or fails as the value does not fit. */
    void assign(Scope scope, Object value);

    /** What can fail before the value is known. */
    default void check(Scope scope) {}

    record Variable(String name) implements Target {
        @Override
        public void assign(Scope scope, Object value) {
            scope.set(name, value);
        }
    }

    record NamespaceAttribute(String namespace, String attribute) implements Target {
        @Override
        public void check(Scope scope) {
            find(scope);
        }

        @Override
        public void assign(Scope scope, Object value) {
            scope.meter().elements(4);
            find(scope).set(attribute, value);
        }

        private Namespace find(Scope scope) {
            if (scope.get(namespace) instanceof Namespace found) {
                return found;
            }
            throw Fault.render("only attributes of a namespace can be set: '" + namespace + "' is none");
        }
    }

    record Several(List<Target> targets) implements Target {
        public Several {
            targets = List.copyOf(targets);
        }

        @Override
        public void check(Scope scope) {
            targets.forEach(target -> target.check(scope));
        }

        @Override
        public void assign(Scope scope, Object value) {
            List<Object> values = Items.list(value, scope.meter());
            if (values.size() != targets.size()) {
                throw Fault.render("as many values are needed as there are variables: variables=%d, values=%d"
                        .formatted(targets.size(), values.size()));
            }
            for (int i = 0; i < targets.size(); i++) {
                targets.get(i).assign(scope, values.get(i));
            }
        }
    }
}
