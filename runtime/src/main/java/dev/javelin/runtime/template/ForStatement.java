package dev.javelin.runtime.template;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** {@code for}. */
final class ForStatement extends Statement {
    private final Target target;
    private final Expr iterable;
    private final @Nullable Expr condition;
    private final boolean recursive;
    private final Body body;
    private final Body otherwise;

    ForStatement(
            int at,
            Target target,
            Expr iterable,
            @Nullable Expr condition,
            boolean recursive,
            Body body,
            Body otherwise) {
        super(
                at,
                Math.max(
                        Math.max(iterable.depth(), condition == null ? 0 : condition.depth()),
                        Math.max(body.depth(), otherwise.depth())));
        this.target = target;
        this.iterable = iterable;
        this.condition = condition;
        this.recursive = recursive;
        this.body = body;
        this.otherwise = otherwise;
    }

    @Override
    Flow execute(Scope scope, TextBuilder out) {
        return loop(scope, iterable.value(scope), 0, out);
    }

    private Flow loop(Scope scope, Object items, long depth, TextBuilder out) {
        Meter meter = scope.meter();
        Iterator<Object> all = Items.of(items, meter);
        Loop loop = new Loop(
                meter,
                condition == null ? all : filtered(scope, all, condition),
                condition == null ? Items.size(items) : -1,
                recursive ? (inner, level) -> recurse(scope, inner, level) : null,
                depth);
        boolean finished = false;
        while (loop.advance()) {
            Scope inner = scope.inner();
            inner.set("loop", loop);
            target.assign(inner, loop.current());
            Flow flow = body.run(inner, out);
            if (flow == Flow.BREAK) {
                break;
            }
            // As in Jinja, rounds that end in continue or break do not count against the else.
            finished |= flow == Flow.NEXT;
        }
        return finished || otherwise.isEmpty() ? Flow.NEXT : otherwise.run(scope.inner(), out);
    }

    private Iterator<Object> filtered(Scope scope, Iterator<Object> items, Expr test) {
        return new Lazy(scope.meter(), test.depth(), () -> {
            while (items.hasNext()) {
                Object item = items.next();
                Scope inner = scope.inner();
                target.assign(inner, item);
                if (Truth.of(test.value(inner))) {
                    return item;
                }
            }
            return null;
        });
    }

    private Object recurse(Scope scope, Object items, long depth) {
        Meter meter = scope.meter();
        meter.enter(depth() + 2);
        try {
            TextBuilder out = new TextBuilder(meter);
            loop(scope, items, depth, out);
            return out.toString();
        } finally {
            meter.leave(depth() + 2);
        }
    }
}
