package dev.javelin.runtime.template;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a template into text and tags, with the whitespace rules of Hugging Face: the newline after a block or comment
 * goes ({@code trim_blocks}), and so do blanks before one that begins its line ({@code lstrip_blocks}).
 */
final class Lexer {
    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private final List<Source.Tag> tags = new ArrayList<>();
    private int at;
    private boolean lineStarts = true;

    private Lexer(String text) {
        this.text = text;
    }

    /** The tokens of a template, the last of which is the end, and where its tags are. */
    record Lexed(Source source, List<Token> tokens) {}

    static Lexed lex(String template) {
        String unix = template.replace("\r\n", "\n").replace('\r', '\n');
        Lexer lexer = new Lexer(unix.endsWith("\n") ? unix.substring(0, unix.length() - 1) : unix);
        try {
            lexer.run();
        } catch (Fault fault) {
            throw fault.in(new Source(lexer.text, lexer.tags));
        }
        return new Lexed(new Source(lexer.text, lexer.tags), List.copyOf(lexer.tokens));
    }

    private void run() {
        while (at < text.length()) {
            int open = nextOpen(at);
            if (open < 0) {
                add(Token.Kind.TEXT, text.substring(at), at);
                break;
            }
            char kind = text.charAt(open + 1);
            char sign = sign(open + 2);
            int inside = open + (sign == 0 ? 2 : 3);
            addText(at, open, sign, kind != '{');
            switch (kind) {
                case '#' -> comment(open, inside);
                case '{' -> tag(Token.Kind.PRINT, open, inside);
                default -> {
                    int raw = rawBegin(inside);
                    if (raw >= 0) {
                        raw(open, raw);
                    } else {
                        tag(Token.Kind.BLOCK, open, inside);
                    }
                }
            }
        }
        add(Token.Kind.END, "", text.length());
    }

    private void add(Token.Kind kind, Object value, int place) {
        tokens.add(new Token(kind, value, place));
    }

    private int nextOpen(int from) {
        for (int i = text.indexOf('{', from); i >= 0 && i + 1 < text.length(); i = text.indexOf('{', i + 1)) {
            char next = text.charAt(i + 1);
            if (next == '{' || next == '%' || next == '#') {
                return i;
            }
        }
        return -1;
    }

    private char sign(int place) {
        char c = place < text.length() ? text.charAt(place) : 0;
        return c == '-' || c == '+' ? c : 0;
    }

    /** Text before a tag, without the whitespace that the tag takes away. */
    private void addText(int start, int open, char sign, boolean block) {
        int end = open;
        if (sign == '-') {
            while (end > start && Chars.isSpace(text.charAt(end - 1))) {
                end--;
            }
        } else if (sign == 0 && block) {
            int line = Math.max(text.lastIndexOf('\n', open - 1) + 1, start);
            boolean begins = line > start || lineStarts;
            int i = line;
            while (begins && i < open && Chars.isSpace(text.charAt(i))) {
                i++;
            }
            end = begins && i == open ? line : open;
        }
        if (end > start) {
            add(Token.Kind.TEXT, text.substring(start, end), start);
        }
    }

    private int skipSpace(int from) {
        int i = from;
        while (i < text.length() && Chars.isSpace(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private void comment(int open, int inside) {
        int close = text.indexOf("#}", inside);
        if (close < 0) {
            throw Fault.syntax("a comment has no end: #} is missing").at(open);
        }
        char sign = close > inside ? sign(close - 1) : 0;
        closed(open, after(sign, close + 2, true));
    }

    /** Where text goes on after a closing tag that ends before {@code end}. */
    private int after(char sign, int end, boolean trims) {
        if (sign == '-') {
            return skipSpace(end);
        }
        return trims && sign == 0 && end < text.length() && text.charAt(end) == '\n' ? end + 1 : end;
    }

    private void closed(int open, int next) {
        tags.add(new Source.Tag(open, Math.min(next, text.length())));
        at = next;
        lineStarts = text.charAt(next - 1) == '\n';
    }

    /** Where the text after {@code raw %}} begins, or -1 if this tag is another one. */
    private int rawBegin(int inside) {
        int name = skipSpace(inside);
        if (!text.startsWith("raw", name)) {
            return -1;
        }
        int end = skipSpace(name + 3);
        if (text.startsWith("-%}", end)) {
            return skipSpace(end + 3);
        }
        return text.startsWith("%}", end) ? end + 2 : -1;
    }

    private void raw(int open, int start) {
        closed(open, start);
        for (int end = text.indexOf("{%", start); end >= 0; end = text.indexOf("{%", end + 2)) {
            char sign = sign(end + 2);
            int name = skipSpace(end + (sign == 0 ? 2 : 3));
            if (!text.startsWith("endraw", name)) {
                continue;
            }
            int close = skipSpace(name + 6);
            char closeSign = sign(close);
            close += closeSign == 0 ? 0 : 1;
            if (text.startsWith("%}", close)) {
                addText(start, end, sign, true);
                closed(end, after(closeSign, close + 2, true));
                return;
            }
        }
        throw Fault.syntax("a raw block has no end: {% endraw %} is missing").at(open);
    }

    private void tag(Token.Kind kind, int open, int inside) {
        add(kind, "", open);
        TagLexer lexer = new TagLexer(text, inside, kind == Token.Kind.PRINT ? "}}" : "%}", tokens);
        int close;
        try {
            close = lexer.run();
        } catch (Fault fault) {
            tags.add(new Source.Tag(open, Math.min(text.length(), lexer.at() + 1)));
            throw fault.at(open);
        }
        char sign = lexer.closeSign();
        add(kind == Token.Kind.PRINT ? Token.Kind.PRINT_END : Token.Kind.BLOCK_END, "", close);
        closed(open, after(sign, close + (sign == 0 ? 2 : 3), kind == Token.Kind.BLOCK));
    }
}
