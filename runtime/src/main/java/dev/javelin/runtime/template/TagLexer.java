package dev.javelin.runtime.template;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Cuts the inside of one tag into names, literals and operators. */
final class TagLexer {

    private static final String SINGLE = "+-/*%~[](){}><=.:|,;";
    private static final List<String> DOUBLE = List.of("//", "**", "==", "!=", ">=", "<=");

    private final String text;
    private final String close;
    private final List<Token> tokens;
    private final Deque<Character> open = new ArrayDeque<>();
    private int at;
    private char closeSign;

    TagLexer(String text, int start, String close, List<Token> tokens) {
        this.text = text;
        this.at = start;
        this.close = close;
        this.tokens = tokens;
    }

    int at() {
        return at;
    }

    /** The sign before the closing delimiter, or 0. */
    char closeSign() {
        return closeSign;
    }

    /** Adds the tokens and returns where the tag closes. */
    int run() {
        while (true) {
            while (at < text.length() && Chars.isSpace(text.charAt(at))) {
                at++;
            }
            if (at == text.length()) {
                throw Fault.syntax("a tag has no end: " + close + " is missing");
            }
            if (open.isEmpty() && closes()) {
                return at;
            }
            token();
        }
    }

    private boolean closes() {
        char c = text.charAt(at);
        // A print tag can be closed with a minus only.
        boolean signed = c == '-' || (c == '+' && close.equals("%}"));
        if (signed && text.startsWith(close, at + 1)) {
            closeSign = c;
            return true;
        }
        return text.startsWith(close, at);
    }

    private void token() {
        int c = text.codePointAt(at);
        if (c >= '0' && c <= '9') {
            number();
        } else if (Chars.isWord(c)) {
            name();
        } else if (c == '"' || c == '\'') {
            int end = StringLiteral.end(text, at);
            add(Token.Kind.STRING, StringLiteral.value(text, at), end);
        } else {
            operator(c);
        }
    }

    private void add(Token.Kind kind, Object value, int end) {
        tokens.add(new Token(kind, value, at));
        at = end;
    }

    private void name() {
        if (!Chars.isLetter(text.codePointAt(at)) && text.charAt(at) != '_') {
            throw Fault.syntax("a name begins with a letter or underscore").at(at);
        }
        int end = at;
        while (end < text.length() && Chars.isWord(text.codePointAt(end))) {
            end += Character.charCount(text.codePointAt(end));
        }
        add(Token.Kind.NAME, text.substring(at, end), end);
    }

    private void number() {
        boolean part = at > 0 && text.charAt(at - 1) == '.';
        int end = part ? -1 : NumberLiteral.floatEnd(text, at);
        if (end >= 0) {
            add(Token.Kind.NUMBER, NumberLiteral.real(text.substring(at, end)), end);
        } else {
            end = NumberLiteral.integerEnd(text, at);
            String digits = text.substring(at, end);
            try {
                add(Token.Kind.NUMBER, NumberLiteral.integer(digits), end);
            } catch (Fault fault) {
                throw fault.at(at);
            }
        }
    }

    private void operator(int c) {
        for (String two : DOUBLE) {
            if (text.startsWith(two, at)) {
                add(Token.Kind.OPERATOR, two, at + 2);
                return;
            }
        }
        if (SINGLE.indexOf(c) < 0) {
            throw Fault.syntax("no such character in a tag: " + Character.toString(c))
                    .at(at);
        }
        balance((char) c);
        add(Token.Kind.OPERATOR, String.valueOf((char) c), at + 1);
    }

    /** Within brackets a tag does not end. */
    private void balance(char c) {
        switch (c) {
            case '(' -> open.push(')');
            case '[' -> open.push(']');
            case '{' -> open.push('}');
            case ')', ']', '}' -> {
                if (open.isEmpty() || open.pop() != c) {
                    throw Fault.syntax("a closing '" + c + "' has no opening one")
                            .at(at);
                }
            }
            default -> {}
        }
    }
}
