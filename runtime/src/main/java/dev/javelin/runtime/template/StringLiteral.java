package dev.javelin.runtime.template;

/** Strings as they stand in a template, with the escapes of Python. */
final class StringLiteral {

    private StringLiteral() {}

    /** Where the string that begins with the quote at {@code start} ends, its closing quote included. */
    static int end(String text, int start) {
        char quote = text.charAt(start);
        for (int i = start + 1; i < text.length(); i++) {
            if (text.charAt(i) == quote) {
                return i + 1;
            }
            i += text.charAt(i) == '\\' ? 1 : 0;
        }
        throw Fault.syntax("a string has no end: " + quote + " is missing").at(start);
    }

    static String value(String text, int start) {
        int end = end(text, start) - 1;
        StringBuilder out = new StringBuilder(end - start);
        for (int i = start + 1; i < end; ) {
            char c = text.charAt(i);
            if (c == '\\') {
                i = escape(text, i + 1, end, out);
            } else {
                out.append(c);
                i++;
            }
        }
        return out.toString();
    }

    /** Adds what the escape after the backslash means and returns where it ends. */
    private static int escape(String text, int at, int end, StringBuilder out) {
        char c = text.charAt(at);
        switch (c) {
            case '\n' -> {}
            case '\\', '\'', '"' -> out.append(c);
            case 'a' -> out.append('\u0007');
            case 'b' -> out.append('\b');
            case 'f' -> out.append('\f');
            case 'n' -> out.append('\n');
            case 'r' -> out.append('\r');
            case 't' -> out.append('\t');
            case 'v' -> out.append('\u000b');
            case 'x' -> {
                return hex(text, at, 2, end, out);
            }
            case 'u' -> {
                return hex(text, at, 4, end, out);
            }
            case 'U' -> {
                return hex(text, at, 8, end, out);
            }
            case 'N' -> {
                return named(text, at, end, out);
            }
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                return octal(text, at, end, out);
            }
            default -> out.append('\\').append(c);
        }
        return at + 1;
    }

    private static int hex(String text, int at, int digits, int end, StringBuilder out) {
        long code = 0;
        for (int i = at + 1; i <= at + digits; i++) {
            int digit = i < end && text.charAt(i) < 0x80 ? Character.digit(text.charAt(i), 16) : -1;
            if (digit < 0) {
                throw Fault.syntax("\\" + text.charAt(at) + " is followed by " + digits + " hexadecimal digits")
                        .at(at - 1);
            }
            code = code * 16 + digit;
        }
        if (code > Character.MAX_CODE_POINT) {
            throw Fault.syntax("there is no character with the code " + Long.toHexString(code))
                    .at(at - 1);
        }
        out.appendCodePoint((int) code);
        return at + 1 + digits;
    }

    private static int octal(String text, int at, int end, StringBuilder out) {
        int code = 0;
        int i = at;
        for (; i < Math.min(end, at + 3) && text.charAt(i) >= '0' && text.charAt(i) <= '7'; i++) {
            code = code * 8 + text.charAt(i) - '0';
        }
        out.append((char) code);
        return i;
    }

    private static int named(String text, int at, int end, StringBuilder out) {
        int close = text.indexOf('}', at);
        if (!text.startsWith("{", at + 1) || close < 0 || close >= end) {
            throw Fault.syntax("\\N is followed by the name of a character in braces")
                    .at(at - 1);
        }
        String name = text.substring(at + 2, close);
        try {
            out.appendCodePoint(Character.codePointOf(name));
        } catch (IllegalArgumentException unknown) {
            throw Fault.syntax("there is no character named " + name).at(at - 1);
        }
        return close + 1;
    }
}
