package dev.javelin.cuda.ptx;

import dev.javelin.cuda.ptx.PtxLexer.Kind;
import dev.javelin.cuda.ptx.PtxLexer.Token;
import java.util.List;

/** Goes through tokens, and says what it wanted where it finds something else. */
final class TokenReader {
    private final List<Token> tokens;
    private int at;

    TokenReader(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token peek() {
        return tokens.get(at);
    }

    Token peekSecond() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    Token next() {
        Token token = tokens.get(at);
        if (token.kind() == Kind.END) {
            throw unexpected(token, "more");
        }
        at++;
        return token;
    }

    Token next(Kind kind) {
        Token token = next();
        if (token.kind() != kind) {
            throw unexpected(token, "a " + kind);
        }
        return token;
    }

    /** Passes over a sign if it comes next. */
    boolean skip(String sign) {
        boolean found = peek().is(sign);
        if (found) {
            at++;
        }
        return found;
    }

    void expect(String sign) {
        if (!skip(sign)) {
            throw unexpected(peek(), "'" + sign + "'");
        }
    }

    PtxException unexpected(Token token, String wanted) {
        return new PtxException(token.line(), "expected " + wanted + ", found '" + token + "'");
    }

    /** An integer, perhaps with a sign before it. */
    long integer() {
        boolean minus = skip("-");
        long number = Numbers.read(next(Kind.NUMBER)).bits();
        return minus ? -number : number;
    }
}
