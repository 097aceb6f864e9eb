package dev.javelin.runtime.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Literals, names and what follows them: attributes, items, calls, filters and tests. */
final class PrimaryParser {
    private final Tokens tokens;
    private final Nesting nesting;
    private final ExpressionParser expressions;

    PrimaryParser(Tokens tokens, Nesting nesting, ExpressionParser expressions) {
        this.tokens = tokens;
        this.nesting = nesting;
        this.expressions = expressions;
    }

    Expr unary(boolean filters) {
        Token token = tokens.current();
        Expr node;
        if (token.isOperator("-") || token.isOperator("+")) {
            tokens.take();
            nesting.enter(token.at());
            Unary.Sign sign = token.isOperator("-") ? Unary.Sign.MINUS : Unary.Sign.PLUS;
            node = nesting.checked(new Unary(token.at(), sign, unary(false)));
            nesting.leave();
        } else {
            node = primary();
        }
        node = postfix(node);
        return filters ? filtersAndTests(node) : node;
    }

    Expr primary() {
        Token token = tokens.current();
        switch (token.kind()) {
            case NAME -> {
                tokens.take();
                return name(token);
            }
            case STRING -> {
                StringBuilder text = new StringBuilder();
                while (tokens.current().kind() == Token.Kind.STRING) {
                    text.append(tokens.take().text());
                }
                return new Literal(token.at(), text.toString());
            }
            case NUMBER -> {
                tokens.take();
                return new Literal(token.at(), token.value());
            }
            case OPERATOR -> {
                switch (token.text()) {
                    case "(" -> {
                        tokens.take();
                        Expr inner = tuple(true, true);
                        tokens.expectOperator(")");
                        return inner;
                    }
                    case "[" -> {
                        return list();
                    }
                    case "{" -> {
                        return mapping();
                    }
                    default -> throw tokens.unexpected("an expression");
                }
            }
            default -> throw tokens.unexpected("an expression");
        }
    }

    private Expr name(Token token) {
        return switch (token.text()) {
            case "true", "True" -> new Literal(token.at(), true);
            case "false", "False" -> new Literal(token.at(), false);
            case "none", "None" -> new Literal(token.at(), None.NONE);
            case String name -> {
                nesting.mention(name);
                yield new Name(token.at(), name);
            }
        };
    }

    /** One expression, or several with commas between, which make a tuple. */
    Expr tuple(boolean conditionals, boolean parentheses, String... ends) {
        int at = tokens.current().at();
        List<Expr> items = new ArrayList<>();
        boolean comma = false;
        while (!atTupleEnd(ends)) {
            items.add(conditionals ? expressions.expression() : nested());
            if (!tokens.takeIfOperator(",")) {
                break;
            }
            comma = true;
        }
        if (!comma && !items.isEmpty()) {
            return items.get(0);
        }
        if (items.isEmpty() && (comma || !parentheses)) {
            throw tokens.unexpected("an expression");
        }
        return nesting.checked(new Sequence(at, items, true));
    }

    private Expr nested() {
        nesting.enter(tokens.current().at());
        Expr inner = expressions.or();
        nesting.leave();
        return inner;
    }

    boolean atTupleEnd(String... ends) {
        Token token = tokens.current();
        if (token.kind() == Token.Kind.PRINT_END || token.kind() == Token.Kind.BLOCK_END || token.isOperator(")")) {
            return true;
        }
        for (String end : ends) {
            if (token.isName(end)) {
                return true;
            }
        }
        return false;
    }

    private Expr list() {
        int at = tokens.take().at();
        List<Expr> items = new ArrayList<>();
        while (!tokens.current().isOperator("]")) {
            items.add(expressions.expression());
            if (!tokens.takeIfOperator(",")) {
                break;
            }
        }
        tokens.expectOperator("]");
        return nesting.checked(new Sequence(at, items, false));
    }

    private Expr mapping() {
        int at = tokens.take().at();
        List<Expr> keys = new ArrayList<>();
        List<Expr> values = new ArrayList<>();
        while (!tokens.current().isOperator("}")) {
            keys.add(expressions.expression());
            tokens.expectOperator(":");
            values.add(expressions.expression());
            if (!tokens.takeIfOperator(",")) {
                break;
            }
        }
        tokens.expectOperator("}");
        return nesting.checked(new Mapping(at, keys, values));
    }

    Expr postfix(Expr operand) {
        Expr node = operand;
        while (tokens.current().kind() == Token.Kind.OPERATOR) {
            Token token = tokens.current();
            switch (token.text()) {
                case "." -> node = nesting.checked(attribute(node));
                case "[" -> node = nesting.checked(item(node));
                case "(" -> node = nesting.checked(new Call(token.at(), node, arguments()));
                default -> {
                    return node;
                }
            }
        }
        return node;
    }

    private Expr attribute(Expr owner) {
        int at = tokens.take().at();
        Token token = tokens.take();
        if (token.kind() == Token.Kind.NAME) {
            return new Attribute(at, owner, token.text());
        }
        if (token.kind() == Token.Kind.NUMBER && Integers.is(token.value())) {
            return new Item(at, owner, new Literal(token.at(), token.value()));
        }
        throw Fault.syntax("after a dot comes a name or an integer, found " + token.description())
                .at(at);
    }

    private Expr item(Expr owner) {
        int at = tokens.take().at();
        Token first = tokens.current();
        Expr start = first.isOperator(":") ? none() : expressions.expression();
        Expr node;
        if (tokens.takeIfOperator(":")) {
            Expr stop = sliceBound();
            Expr step = tokens.takeIfOperator(":") ? sliceBound() : none();
            node = new Slice(at, owner, start, stop, step);
        } else {
            List<Expr> keys = new ArrayList<>(List.of(start));
            while (tokens.takeIfOperator(",")) {
                keys.add(expressions.expression());
            }
            node = new Item(at, owner, keys.size() == 1 ? start : new Sequence(at, keys, true));
        }
        tokens.expectOperator("]");
        return node;
    }

    private Expr sliceBound() {
        Token token = tokens.current();
        return token.isOperator(":") || token.isOperator("]") ? none() : expressions.expression();
    }

    private Expr none() {
        return new Literal(tokens.current().at(), None.NONE);
    }

    ArgumentList arguments() {
        int at = tokens.current().at();
        tokens.expectOperator("(");
        List<Expr> positional = new ArrayList<>();
        Map<String, Expr> named = new LinkedHashMap<>();
        @Nullable Expr spread = null;
        @Nullable Expr namedSpread = null;
        while (!tokens.current().isOperator(")")) {
            boolean inOrder = namedSpread == null;
            if (tokens.takeIfOperator("**")) {
                namedSpread = expressions.expression();
            } else if (tokens.takeIfOperator("*")) {
                inOrder &= spread == null;
                spread = expressions.expression();
            } else if (tokens.current().kind() == Token.Kind.NAME
                    && tokens.following().isOperator("=")) {
                String name = tokens.take().text();
                tokens.take();
                inOrder &= named.put(name, expressions.expression()) == null;
            } else {
                inOrder &= spread == null && named.isEmpty();
                positional.add(expressions.expression());
            }
            if (!inOrder) {
                throw Fault.syntax("arguments come in the order: by place, by name, *, **; each name once")
                        .at(at);
            }
            if (!tokens.takeIfOperator(",")) {
                break;
            }
        }
        tokens.expectOperator(")");
        return ArgumentList.of(positional, named, spread, namedSpread);
    }

    private Expr filtersAndTests(Expr operand) {
        Expr node = operand;
        while (true) {
            Token token = tokens.current();
            if (token.isOperator("|")) {
                tokens.take();
                node = nesting.checked(new Filtered(node, filter()));
            } else if (token.isName("is")) {
                node = nesting.checked(test(node));
            } else if (token.isOperator("(")) {
                node = nesting.checked(new Call(token.at(), node, arguments()));
            } else {
                return node;
            }
        }
    }

    /** A filter after its bar. */
    FilterStep filter() {
        int at = tokens.current().at();
        String name = dottedName();
        Filter filter = Filters.find(name);
        if (filter == null) {
            if (!nesting.isOptional()) {
                throw Filters.unknown(name).at(at);
            }
            filter = (meter, value, arguments) -> {
                throw Filters.unknown(name);
            };
        }
        return new FilterStep(at, filter, tokens.current().isOperator("(") ? arguments() : ArgumentList.NONE);
    }

    private String dottedName() {
        StringBuilder name = new StringBuilder(tokens.expect(Token.Kind.NAME).text());
        while (tokens.takeIfOperator(".")) {
            name.append('.').append(tokens.expect(Token.Kind.NAME).text());
        }
        return name.toString();
    }

    private Expr test(Expr operand) {
        tokens.take();
        boolean negated = tokens.takeIfName("not");
        int at = tokens.current().at();
        String name = dottedName();
        ArgumentList arguments = ArgumentList.NONE;
        if (tokens.current().isOperator("(")) {
            arguments = arguments();
        } else if (takesArgument(tokens.current())) {
            if (tokens.current().isName("is")) {
                throw Fault.syntax("tests cannot be chained; join them with and")
                        .at(at);
            }
            arguments = ArgumentList.of(List.of(postfix(primary())), Map.of(), null, null);
        }
        ValueTest test = Tests.find(name);
        if (test == null) {
            if (!nesting.isOptional()) {
                throw Tests.unknown(name).at(at);
            }
            test = (meter, value, given) -> {
                throw Tests.unknown(name);
            };
        }
        Expr node = new Tested(at, operand, test, arguments);
        return negated ? new Unary(at, Unary.Sign.NOT, node) : node;
    }

    private static boolean takesArgument(Token token) {
        return switch (token.kind()) {
            case STRING, NUMBER -> true;
            case NAME -> !token.isName("else") && !token.isName("or") && !token.isName("and");
            case OPERATOR -> token.isOperator("[") || token.isOperator("{");
            default -> false;
        };
    }
}
