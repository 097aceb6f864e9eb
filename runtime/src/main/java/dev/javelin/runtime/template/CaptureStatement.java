package dev.javelin.runtime.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a body writes goes through filters, and then into a variable ({@code set}) or out ({@code filter}). */
final class CaptureStatement extends Statement {
    private final @Nullable Target target;
    private final List<FilterStep> filters;
    private final Body body;

    CaptureStatement(int at, @Nullable Target target, List<FilterStep> filters, Body body) {
        super(
                at,
                Math.max(
                        body.depth(),
                        filters.stream()
                                .mapToInt(step -> step.arguments().depth())
                                .max()
                                .orElse(0)));
        this.target = target;
        this.filters = List.copyOf(filters);
        this.body = body;
    }

    @Override
    Flow execute(Scope scope, TextBuilder out) {
        Scope inner = scope.inner();
        TextBuilder captured = new TextBuilder(scope.meter());
        Flow flow = body.run(inner, captured);
        if (flow != Flow.NEXT) {
            return flow;
        }
        Object value = captured.toString();
        for (FilterStep filter : filters) {
            value = filter.apply(value, inner);
        }
        if (target == null) {
            out.add(Text.of(value, scope.meter()));
        } else {
            target.check(scope);
            target.assign(scope, value);
        }
        return Flow.NEXT;
    }
}
