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
        text.codePoints().forEach(c -> {
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
        });
        return quoted.append('"').toString();
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
