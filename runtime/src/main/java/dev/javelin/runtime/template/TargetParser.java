package dev.javelin.runtime.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What stands to the left of an assignment, or after {@code for}. */
final class TargetParser {

    private static final Set<String> CONSTANTS = Set.of("true", "True", "false", "False", "none", "None");

    private final Tokens tokens;
    private final Nesting nesting;

    TargetParser(Tokens tokens, Nesting nesting) {
        this.tokens = tokens;
        this.nesting = nesting;
    }

    /** Names, possibly several or in parentheses, until {@code end}. */
    Target several(boolean namespaces, String end) {
        List<Target> targets = new ArrayList<>();
        boolean comma = false;
        while (!atEnd(end)) {
            targets.add(one(namespaces));
            if (!tokens.takeIfOperator(",")) {
                break;
            }
            comma = true;
        }
        if (targets.isEmpty()) {
            throw tokens.unexpected("a name");
        }
        return comma ? new Target.Several(targets) : targets.get(0);
    }

    private boolean atEnd(String end) {
        Token token = tokens.current();
        return token.isName(end)
                || token.isOperator(end)
                || token.isOperator(")")
                || token.kind() == Token.Kind.BLOCK_END;
    }

    private Target one(boolean namespaces) {
        if (tokens.current().isOperator("(")) {
            nesting.enter(tokens.take().at());
            Target inner = several(namespaces, ")");
            tokens.expectOperator(")");
            nesting.leave();
            return inner;
        }
        Token token = tokens.current();
        String name = name();
        if (namespaces && tokens.takeIfOperator(".")) {
            return new Target.NamespaceAttribute(
                    name, tokens.expect(Token.Kind.NAME).text());
        }
        if (name.equals("loop") && nesting.inFor()) {
            throw Fault.syntax("loop cannot be assigned within a for").at(token.at());
        }
        return new Target.Variable(name);
    }

    /** A name that can be assigned. */
    String name() {
        Token token = tokens.expect(Token.Kind.NAME);
        if (CONSTANTS.contains(token.text())) {
            throw Fault.syntax("a constant cannot be assigned: " + token.text()).at(token.at());
        }
        return token.text();
    }
}
