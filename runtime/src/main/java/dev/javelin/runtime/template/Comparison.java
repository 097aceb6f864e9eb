package dev.javelin.runtime.template;

import java.util.List;

/** Comparisons, chained as in {@code 0 < x <= 9}. */
final class Comparison extends Expr {
    private final Expr first;
    private final List<Link> links;

    /** One comparison: the symbol of its operator, and what stands to its right. */
    record Link(String operator, Expr right) {}

    Comparison(int at, Expr first, List<Link> links) {
        super(at, Math.max(first.depth(), depth(links.stream().map(Link::right).toList())));
        this.first = first;
        this.links = List.copyOf(links);
    }

    @Override
    Object evaluate(Scope scope) {
        Object left = first.value(scope);
        for (Link link : links) {
            Object right = link.right.value(scope);
            if (!holds(link.operator, left, right, scope.meter())) {
                return false;
            }
            left = right;
        }
        return true;
    }

    private static boolean holds(String operator, Object left, Object right, Meter meter) {
        return switch (operator) {
            case "==" -> Equality.of(left, right, meter);
            case "!=" -> !Equality.of(left, right, meter);
            case "in" -> Access.contains(right, left, meter);
            case "not in" -> !Access.contains(right, left, meter);
            case "<" -> Ordering.test(Relation.LESS, left, right, meter);
            case "<=" -> Ordering.test(Relation.LESS_OR_EQUAL, left, right, meter);
            case ">" -> Ordering.test(Relation.GREATER, left, right, meter);
            default -> Ordering.test(Relation.GREATER_OR_EQUAL, left, right, meter);
        };
    }
}
