package dev.javelin.cuda.ptx;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a PTX text into tokens; comments fall away. */
final class PtxLexer {

    enum Kind {
        /** A name: opcode, register with its leading percent sign, label or symbol. */
        WORD,
        /** A name with a leading dot, which the token's text leaves out: directive or modifier. */
        DOTTED,
        NUMBER,
        TEXT,
        SIGN,
        END
    }

    record Token(Kind kind, String text, int line) {
        boolean is(String sign) {
            return kind == Kind.SIGN && text.equals(sign);
        }

        @Override
        public String toString() {
            return kind == Kind.DOTTED ? "." + text : text;
        }
    }

    private static final Pattern TOKEN = Pattern.compile("""
        (?<blank>\\s+|//[^\\n]*|/\\*[\\s\\S]*?\\*/)\
        |(?<number>0[fF][0-9a-fA-F]{8}|0[dD][0-9a-fA-F]{16}|0[xX][0-9a-fA-F]+U?|0[bB][01]+U?\
        |[0-9]+\\.[0-9]*(?:[eE][+-]?[0-9]+)?|[0-9]+U?)\
        |(?<dotted>\\.[A-Za-z0-9_]+(?:::[A-Za-z0-9_]+)*)\
        |(?<word>%[A-Za-z0-9_$]+(?:\\.[xyzw])?|[A-Za-z_$][A-Za-z0-9_$]*)\
        |(?<text>"[^"]*")\
        |(?<sign>[-+,;:@!|<>=(){}\\[\\]])\
        """);

    private PtxLexer() {}

    static List<Token> tokens(String text) {
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        int at = 0;
        int line = 1;
        while (at < text.length()) {
            if (text.charAt(at) == '\0') {
                break; // loaders hand over texts that end with a zero
            }
            matcher.region(at, text.length());
            if (!matcher.lookingAt()) {
                throw new PtxException(line, "unexpected character '" + text.charAt(at) + "'");
            }
            if (matcher.start("number") >= 0) {
                tokens.add(new Token(Kind.NUMBER, matcher.group(), line));
            } else if (matcher.start("dotted") >= 0) {
                tokens.add(new Token(Kind.DOTTED, matcher.group().substring(1), line));
            } else if (matcher.start("word") >= 0) {
                tokens.add(new Token(Kind.WORD, matcher.group(), line));
            } else if (matcher.start("text") >= 0) {
                tokens.add(new Token(Kind.TEXT, matcher.group(), line));
            } else if (matcher.start("sign") >= 0) {
                tokens.add(new Token(Kind.SIGN, matcher.group(), line));
            }
            line += (int) matcher.group()
                    .chars()
                    .filter(character -> character == '\n')
                    .count();
            at = matcher.end();
        }
        tokens.add(new Token(Kind.END, "end of text", line));
        return List.copyOf(tokens);
    }
}
