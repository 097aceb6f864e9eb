package dev.javelin.runtime.template;

import java.util.List;

/** The tokens of a template as the parser goes through them. */
final class Tokens {
    private final List<Token> tokens;
    private int place;

    Tokens(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token current() {
        return tokens.get(place);
    }

    Token following() {
        return tokens.get(Math.min(place + 1, tokens.size() - 1));
    }

    Token take() {
        Token token = current();
        place = Math.min(place + 1, tokens.size() - 1);
        return token;
    }

    boolean takeIfOperator(String text) {
        boolean found = current().isOperator(text);
        if (found) {
            take();
        }
        return found;
    }

    boolean takeIfName(String text) {
        boolean found = current().isName(text);
        if (found) {
            take();
        }
        return found;
    }

    Token expect(Token.Kind kind) {
        if (current().kind() != kind) {
            throw unexpected(kind.description());
        }
        return take();
    }

    void expectOperator(String text) {
        if (!takeIfOperator(text)) {
            throw unexpected("'" + text + "'");
        }
    }

    void expectName(String text) {
        if (!takeIfName(text)) {
            throw unexpected("'" + text + "'");
        }
    }

    Fault unexpected(String wanted) {
        return Fault.syntax("expected " + wanted + ", found " + current().description())
                .at(current().at());
    }
}
