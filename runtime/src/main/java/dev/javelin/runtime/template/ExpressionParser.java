package dev.javelin.runtime.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Operators, from those that bind least to those that bind most, as in Jinja. */
final class ExpressionParser {

    private static final Map<String, Operator> SUMS = Map.of("+", Operator.ADD, "-", Operator.SUBTRACT);
    private static final Map<String, Operator> PRODUCTS =
            Map.of("*", Operator.MULTIPLY, "/", Operator.DIVIDE, "//", Operator.FLOOR_DIVIDE, "%", Operator.MODULO);
    private static final Map<String, Operator> POWERS = Map.of("**", Operator.POWER);

    private final Tokens tokens;
    private final Nesting nesting;
    private final PrimaryParser primaries;

    ExpressionParser(Tokens tokens, Nesting nesting) {
        this.tokens = tokens;
        this.nesting = nesting;
        this.primaries = new PrimaryParser(tokens, nesting, this);
    }

    PrimaryParser primaries() {
        return primaries;
    }

    Expr expression() {
        nesting.enter(tokens.current().at());
        nesting.enterOptional();
        int start = tokens.current().at();
        Expr value = or();
        while (tokens.takeIfName("if")) {
            Expr condition = or();
            Expr other = tokens.takeIfName("else")
                    ? expression()
                    : new Literal(start, Undefined.because("the inline if was false and has no else"));
            value = nesting.checked(new Conditional(start, condition, value, other));
        }
        nesting.leaveOptional();
        nesting.leave();
        return value;
    }

    /** An expression without an inline {@code if}. */
    Expr or() {
        Expr left = and();
        while (tokens.current().isName("or")) {
            int at = tokens.take().at();
            left = nesting.checked(new Logic(at, false, left, and()));
        }
        return left;
    }

    private Expr and() {
        Expr left = not();
        while (tokens.current().isName("and")) {
            int at = tokens.take().at();
            left = nesting.checked(new Logic(at, true, left, not()));
        }
        return left;
    }

    private Expr not() {
        if (!tokens.current().isName("not")) {
            return comparison();
        }
        int at = tokens.take().at();
        nesting.enter(at);
        Expr operand = not();
        nesting.leave();
        return nesting.checked(new Unary(at, Unary.Sign.NOT, operand));
    }

    private Expr comparison() {
        Expr first = sum();
        int at = tokens.current().at();
        List<Comparison.Link> links = new ArrayList<>();
        while (true) {
            String operator = comparisonOperator();
            if (operator.isEmpty()) {
                break;
            }
            links.add(new Comparison.Link(operator, sum()));
        }
        return links.isEmpty() ? first : nesting.checked(new Comparison(at, first, links));
    }

    /** Takes the operator of a comparison, if there is one. */
    private String comparisonOperator() {
        Token token = tokens.current();
        if (token.kind() == Token.Kind.OPERATOR) {
            return switch (token.text()) {
                case "==", "!=", "<", "<=", ">", ">=" -> tokens.take().text();
                default -> "";
            };
        }
        if (tokens.takeIfName("in")) {
            return "in";
        }
        if (token.isName("not") && tokens.following().isName("in")) {
            tokens.take();
            tokens.take();
            return "not in";
        }
        return "";
    }

    private Expr sum() {
        Expr left = concat();
        for (Operator operator; (operator = operator(SUMS)) != null; ) {
            int at = tokens.take().at();
            left = nesting.checked(new Binary(at, operator, left, concat()));
        }
        return left;
    }

    private Expr concat() {
        Expr first = product();
        if (!tokens.current().isOperator("~")) {
            return first;
        }
        int at = tokens.current().at();
        List<Expr> parts = new ArrayList<>(List.of(first));
        while (tokens.takeIfOperator("~")) {
            parts.add(product());
        }
        return nesting.checked(new Concat(at, parts));
    }

    private Expr product() {
        Expr left = power();
        for (Operator operator; (operator = operator(PRODUCTS)) != null; ) {
            int at = tokens.take().at();
            left = nesting.checked(new Binary(at, operator, left, power()));
        }
        return left;
    }

    private Expr power() {
        Expr left = primaries.unary(true);
        while (operator(POWERS) != null) {
            int at = tokens.take().at();
            left = nesting.checked(new Binary(at, Operator.POWER, left, primaries.unary(true)));
        }
        return left;
    }

    private @Nullable Operator operator(Map<String, Operator> operators) {
        Token token = tokens.current();
        return token.kind() == Token.Kind.OPERATOR ? operators.get(token.text()) : null;
    }
}
