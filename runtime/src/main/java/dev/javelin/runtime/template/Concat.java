package dev.javelin.runtime.template;

import java.util.List;

/** Values joined by {@code ~} as text. */
final class Concat extends Expr {
    private final List<Expr> parts;

    Concat(int at, List<Expr> parts) {
        super(at, depth(parts));
        this.parts = List.copyOf(parts);
    }

    @Override
    Object evaluate(Scope scope) {
        TextBuilder out = new TextBuilder(scope.meter());
        for (Expr part : parts) {
            out.add(Text.of(part.value(scope), scope.meter()));
        }
        return out.toString();
    }
}
