package dev.javelin.cli;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Texts of files as a terminal may show them: between quotes, without what it would act on. */
final class Quoted {
    private Quoted() {}

    /** Text, or the bytes in hexadecimal where they are not UTF-8. */
    static String of(byte[] bytes) {
        try {
            return of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException notText) {
            return "0x" + HexFormat.of().formatHex(bytes);
        }
    }

    static String of(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> append(c, quoted));
        return quoted.append('"').toString();
    }

    private static void append(int c, StringBuilder quoted) {
        switch (c) {
            case '\n' -> quoted.append("\\n");
            case '\r' -> quoted.append("\\r");
            case '\t' -> quoted.append("\\t");
            case '"' -> quoted.append("\\\"");
            case '\\' -> quoted.append("\\\\");
            default -> {
                if (isShown(c)) {
                    quoted.appendCodePoint(c);
                } else {
                    quoted.append("\\u{").append(Integer.toHexString(c)).append('}');
                }
            }
        }
    }

    /** The text with its control characters as they are escaped in quotes, but for the ends of lines and tabs. */
    static String harmless(String text) {
        return escaped(text, "\n\t");
    }

    /** The text on one line, with all control characters escaped. */
    static String inLine(String text) {
        return escaped(text, "");
    }

    private static String escaped(String text, String kept) {
        if (text.chars().noneMatch(Character::isISOControl)) {
            return text;
        }
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (Character.isISOControl(c) && kept.indexOf(c) < 0) {
                append(c, escaped);
            } else {
                escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }

    /** The text, shortened where it is longer. */
    static String of(String text, int longest) {
        return text.length() <= longest
                ? of(text)
                : of(text.substring(0, longest)) + "… (" + text.length() + " characters)";
    }

    private static boolean isShown(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
